package com.faultmaven.user.domain.sso;

import static org.assertj.core.api.Assertions.assertThat;

import com.faultmaven.user.domain.AccountNames;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class SsoUsernamesPropertyTest {
  private final SsoUsernames usernames = new SsoUsernames();

  @Property
  void alwaysProposesWhatARegistrationWouldAccept(
      @ForAll String preferred, @ForAll String local, @ForAll @IntRange(max = 5) int attempt) {
    assertThat(
            usernames.propose(
                SsoUsernamesTest.identity(preferred), local + "@example.org", attempt))
        .matches(AccountNames.USERNAME)
        .hasSizeBetween(3, 64);
  }
}
