package com.faultmaven.user.domain;

import com.faultmaven.common.model.user.Role;
import com.faultmaven.common.model.user.User;
import com.faultmaven.common.web.Problem;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.jboss.logging.Logger;

/** Makes the first administrator from the settings, so that somebody can make the others. */
@ApplicationScoped
public class FirstAdmin {
  private static final Logger LOG = Logger.getLogger(FirstAdmin.class);

  /** Last at the start: its event needs the messaging that other beans start. */
  private static final int START_PRIORITY = 10_000;

  private static final Duration START_TIMEOUT = Duration.ofSeconds(30);

  private final AdminSettings settings;
  private final AccountStore accounts;
  private final Registration registration;

  /** Wires the bean. */
  @Inject
  public FirstAdmin(AdminSettings settings, AccountStore accounts, Registration registration) {
    this.settings = settings;
    this.accounts = accounts;
    this.registration = registration;
  }

  void start(@Observes @Priority(START_PRIORITY) StartupEvent event) {
    ensure().await().atMost(START_TIMEOUT);
  }

  /**
   * Makes the account unless there is one of this name. One that is there stays as it is: whoever
   * has registered the name must not become an administrator by that.
   *
   * @return whether it was made now; fails with {@link IllegalStateException} when the settings are
   *     incomplete or the password is too weak
   */
  Uni<Boolean> ensure() {
    Optional<String> username = settings.username();
    if (username.isEmpty()) {
      return Uni.createFrom().item(false);
    }
    return accounts
        .getByUsername(username.get())
        .flatMap(
            found -> {
              if (found.isEmpty()) {
                return create(username.get());
              }
              warnUnlessAdmin(found.get());
              return Uni.createFrom().item(false);
            });
  }

  private static void warnUnlessAdmin(User user) {
    if (!user.roles().contains(Role.ADMIN) || !user.isActive()) {
      LOG.warnf(
          "No first administrator: faultmaven.admin.username names '%s', which is %s and stays so."
              + " Name another one there, or let an administrator change the account %s.",
          user.username(),
          user.isActive() ? "an account without the role admin" : "a deactivated account",
          user.userId());
    }
  }

  private Uni<Boolean> create(String username) {
    if (settings.email().isEmpty() || settings.password().isEmpty()) {
      return Uni.createFrom()
          .failure(
              new IllegalStateException(
                  "faultmaven.admin.username needs faultmaven.admin.email and .password"));
    }
    NewAccount account =
        new NewAccount(
            username,
            settings.email().get(),
            settings.password().get(),
            username,
            Set.of(Role.USER, Role.ADMIN),
            true);
    return Uni.createFrom()
        .deferred(() -> registration.register(account, null, RequestOrigin.self()))
        .invoke(created -> LOG.infof("First administrator '%s' made", username))
        .replaceWith(true)
        .onFailure(Problem.class)
        .recoverWithUni(failure -> refused(failure));
  }

  private static Uni<Boolean> refused(Problem problem) {
    if (problem.status() == 409) {
      // Another replica was faster, or the name or address belongs to another account.
      LOG.warnf("First administrator not made: %s", problem.detail());
      return Uni.createFrom().item(false);
    }
    return Uni.createFrom()
        .failure(new IllegalStateException("faultmaven.admin: " + problem.detail()));
  }
}
