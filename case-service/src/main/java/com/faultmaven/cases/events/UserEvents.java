package com.faultmaven.cases.events;

import com.faultmaven.cases.domain.CaseStore;
import com.faultmaven.common.event.EventHandlers;
import com.faultmaven.common.event.IdempotentConsumer;
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
  private final EventHandlers handlers;

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
    handlers =
        EventHandlers.on(UserRegistered.TYPE, UserRegistered.class, this::registered)
            .and(UserUpdated.TYPE, UserUpdated.class, this::updated)
            .and(
                UserDeactivated.TYPE,
                UserDeactivated.class,
                (tx, event) -> put(tx, event.userId(), "inactive"))
            .and(
                UserDeleted.TYPE,
                UserDeleted.class,
                (tx, event) -> put(tx, event.userId(), "deleted"))
            .and(UserErasureRequested.TYPE, UserErasureRequested.class, erasures::apply);
  }

  /** Applies one event. */
  @Incoming("users")
  public Uni<Void> receive(Message<byte[]> message) {
    return consumer.handle(message, "case-service", handlers);
  }

  private Uni<Void> updated(SqlConnection tx, UserUpdated updated) {
    return put(tx, updated.userId(), updated.isActive() ? "active" : "inactive");
  }

  private Uni<Void> registered(SqlConnection tx, UserRegistered registered) {
    String userId = registered.userId();
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
