package com.faultmaven.cases.events;

import com.faultmaven.cases.domain.CaseStore;
import com.faultmaven.common.event.IdempotentConsumer;
import com.faultmaven.common.event.ReceivedEvent;
import com.faultmaven.common.event.UserDeactivated;
import com.faultmaven.common.event.UserDeleted;
import com.faultmaven.common.event.UserErasureRequested;
import com.faultmaven.common.event.UserRegistered;
import com.faultmaven.common.event.UserUpdated;
import com.faultmaven.common.userdata.ErasedUsers;
import com.faultmaven.common.userdata.ErasureRequests;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.function.Supplier;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.eclipse.microprofile.reactive.messaging.Message;

/** What user-service says of accounts. */
@ApplicationScoped
public class UserEvents {
  private final IdempotentConsumer consumer;
  private final CaseStore store;
  private final ErasedUsers erasedUsers;
  private final ErasureRequests erasures;

  /** Wires the bean. */
  @Inject
  public UserEvents(
      IdempotentConsumer consumer,
      CaseStore store,
      ErasedUsers erasedUsers,
      ErasureRequests erasures) {
    this.consumer = consumer;
    this.store = store;
    this.erasedUsers = erasedUsers;
    this.erasures = erasures;
  }

  /** Applies one event. */
  @Incoming("users")
  public Uni<Void> receive(Message<byte[]> message) {
    return consumer.handle(message, "case-service", this::apply);
  }

  private Uni<Void> apply(SqlConnection tx, ReceivedEvent event) {
    return switch (event.type()) {
      case UserRegistered.TYPE -> registered(tx, event.as(UserRegistered.class).userId());
      case UserUpdated.TYPE -> {
        UserUpdated updated = event.as(UserUpdated.class);
        yield put(tx, updated.userId(), updated.isActive() ? "active" : "inactive");
      }
      case UserDeactivated.TYPE -> put(tx, event.as(UserDeactivated.class).userId(), "inactive");
      case UserDeleted.TYPE -> put(tx, event.as(UserDeleted.class).userId(), "deleted");
      case UserErasureRequested.TYPE -> erasures.apply(tx, event.as(UserErasureRequested.class));
      default -> Uni.createFrom().voidItem();
    };
  }

  private Uni<Void> registered(SqlConnection tx, String userId) {
    return unlessErased(tx, userId, () -> store.ensureUser(tx, userId));
  }

  private Uni<Void> put(SqlConnection tx, String userId, String status) {
    return unlessErased(tx, userId, () -> store.putUser(tx, userId, status));
  }

  private Uni<Void> unlessErased(SqlConnection tx, String userId, Supplier<Uni<Void>> write) {
    return erasedUsers
        .isErased(tx, userId)
        .flatMap(erased -> erased ? Uni.createFrom().voidItem() : write.get());
  }
}
