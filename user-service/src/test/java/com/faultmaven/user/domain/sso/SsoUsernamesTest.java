package com.faultmaven.user.domain.sso;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SsoUsernamesTest {
  private final SsoUsernames usernames = new SsoUsernames();

  @ParameterizedTest
  @CsvSource({
    "ada.lovelace, x@example.org, ada.lovelace",
    "ada@corp.example.org, x@example.org, ada",
    ", ada+tag@example.org, ada",
    ", _.-ada!#@example.org, ada",
    "Ää, grace@example.org, grace",
    "a b  c, x@example.org, abc"
  })
  void keepsWhatAUserNameMayHold(@Nullable String preferred, String email, String name) {
    assertThat(usernames.propose(identity(preferred), email, 0)).isEqualTo(name);
  }

  static SsoIdentity identity(@Nullable String preferred) {
    return new SsoIdentity(
        "acme", "1", Optional.empty(), Optional.ofNullable(preferred), Optional.empty(), false);
  }
}
