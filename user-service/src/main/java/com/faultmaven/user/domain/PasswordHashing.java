package com.faultmaven.user.domain;

import com.faultmaven.common.web.Problem;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.security.SecureRandom;
import org.jspecify.annotations.Nullable;

/**
 * Hashes and checks passwords with Argon2id (decisions, section 7) on workers of its own, whose
 * queue is bounded: more than it holds is refused with {@link Problem} 503 {@code
 * password-check-busy}. Results arrive on the caller's event loop.
 */
@ApplicationScoped
public class PasswordHashing {
  private final Argon2id cost;
  private final HashMemory memory;
  private final SecureRandom random = new SecureRandom();
  private final BoundedWorkers workers;
  private final String nobody;

  /** Starts the workers. */
  @Inject
  public PasswordHashing(PasswordSettings settings, MeterRegistry metrics) {
    cost = new Argon2id(settings.memoryKib(), settings.iterations(), settings.parallelism());
    memory = cost.memoryFor(settings.workers());
    workers =
        new BoundedWorkers(
            "password",
            settings.workers(),
            settings.queue(),
            () ->
                Problem.unavailable(
                    "password-check-busy",
                    "Too many log-ins and registrations at once; try again in a moment.",
                    settings.retryAfter()),
            metrics,
            "faultmaven.passwords");
    nobody = cost.hash("the password of nobody", salt(), memory);
  }

  /** Hashes a new password. */
  public Uni<String> hash(String password) {
    return workers.run(() -> cost.hash(password, salt(), memory));
  }

  /**
   * Checks a password. Without a hash it takes as long and gives false, so that nobody can tell
   * from the time whether an account exists.
   *
   * @param hash the account's; null when there is no account or it has no password
   */
  public Uni<Boolean> matches(String password, @Nullable String hash) {
    return workers.run(
        () -> {
          boolean same = Argon2id.matches(password, hash == null ? nobody : hash, memory);
          return hash != null && same;
        });
  }

  /** Whether the hash was made at another cost than today's and should be made again. */
  public boolean isOutdated(String hash) {
    return cost.differsFrom(hash);
  }

  @PreDestroy
  void close() {
    workers.close();
  }

  private byte[] salt() {
    byte[] salt = new byte[Argon2id.SALT_BYTES];
    random.nextBytes(salt);
    return salt;
  }
}
