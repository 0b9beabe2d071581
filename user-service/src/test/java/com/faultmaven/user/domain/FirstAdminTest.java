package com.faultmaven.user.domain;

import static org.assertj.core.api.Assertions.assertThat;

import com.faultmaven.common.testing.ServersResource;
import com.faultmaven.user.NeighboursResource;
import com.faultmaven.user.TestAccount;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(ServersResource.class)
@WithTestResource(NeighboursResource.class)
class FirstAdminTest {
  @Inject AccountStore accounts;
  @Inject Registration registration;

  private record Named(String name) implements AdminSettings {
    @Override
    public Optional<String> username() {
      return Optional.of(name);
    }

    @Override
    public Optional<String> email() {
      return Optional.of(name + "@example.org");
    }

    @Override
    public Optional<String> password() {
      return Optional.of(TestAccount.PASSWORD);
    }
  }

  @Test
  void warnsWhenTheNameBelongsToSomebodyElse() {
    TestAccount account = TestAccount.register();

    List<String> lines = linesOf(account.username());

    assertThat(lines)
        .singleElement()
        .asString()
        .contains(account.username(), account.userId(), "without the role admin");
    assertThat(account.login().given().get("/api/v1/users").statusCode()).isEqualTo(403);
  }

  @Test
  void saysNothingWhenItIsThereAlready() {
    assertThat(linesOf(NeighboursResource.ADMIN)).isEmpty();
  }

  /** What it logs while it finds an account of this name. */
  private List<String> linesOf(String name) {
    ConcurrentLinkedQueue<String> lines = new ConcurrentLinkedQueue<>();
    Handler listener = listener(lines);
    Logger logger = Logger.getLogger(FirstAdmin.class.getName());
    logger.addHandler(listener);
    try {
      boolean made =
          new FirstAdmin(new Named(name), accounts, registration)
              .ensure()
              .await()
              .atMost(Duration.ofSeconds(20));
      assertThat(made).isFalse();
    } finally {
      logger.removeHandler(listener);
    }
    return List.copyOf(lines);
  }

  private static Handler listener(ConcurrentLinkedQueue<String> lines) {
    return new Handler() {
      @Override
      public void publish(LogRecord line) {
        lines.add(line.getMessage().formatted(line.getParameters()));
      }

      @Override
      public void flush() {}

      @Override
      public void close() {}
    };
  }
}
