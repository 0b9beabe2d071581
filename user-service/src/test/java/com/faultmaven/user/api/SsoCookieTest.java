package com.faultmaven.user.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.faultmaven.user.domain.sso.StartedLogin;
import jakarta.ws.rs.core.NewCookie;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SsoCookieTest {
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void staysOffPlainConnectionsWherePeopleComeBackOverTls(boolean overTls) {
    NewCookie cookie =
        SsoResource.cookie(
            new StartedLogin(URI.create("https://x"), "secret", Duration.ofMinutes(10), overTls));

    assertThat(cookie.isSecure()).isEqualTo(overTls);
    assertThat(cookie.isHttpOnly()).isTrue();
    assertThat(cookie.getSameSite()).isEqualTo(NewCookie.SameSite.LAX);
    assertThat(cookie.getMaxAge()).isEqualTo(600);
  }
}
