package com.faultmaven.user.domain.sso;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.faultmaven.common.web.Problem;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SsoProvidersTest {
  private static final String BASE = "https://faultmaven.example.org";

  @Test
  void knowsWhereGoogleIsAndWhatOthersAreCalled() {
    Map<String, String> settings = new HashMap<>();
    settings.put("callback-base", BASE + "/");
    for (String name : new String[] {"google", "azure", "keycloak"}) {
      settings.put("providers." + name + ".client-id", "id");
      settings.put("providers." + name + ".client-secret", "secret");
    }
    settings.put("providers.azure.issuer", "https://login.microsoftonline.com/tenant/v2.0");
    settings.put("providers.keycloak.issuer", "https://sso.example.org/realms/x");

    SsoProviders providers = new SsoProviders(settings(settings), false);

    assertThat(providers.all()).extracting("name").containsExactly("azure", "google", "keycloak");
    assertThat(providers.all())
        .extracting("displayName")
        .containsExactly("Microsoft", "Google", "Keycloak");
    SsoProvider google = providers.require("google");
    assertThat(google.issuer()).isEqualTo("https://accounts.google.com");
    assertThat(google.scopes()).containsExactly("openid", "email", "profile");
    assertThat(google.trustEmail()).isFalse();
    assertThat(google.toString()).doesNotContain("secret");
    assertThat(providers.redirectUri(google)).isEqualTo(BASE + "/api/v1/auth/sso/google/callback");
    assertThat(providers.comeBackOverTls()).isTrue();
    assertThatThrownBy(() -> providers.require("okta"))
        .isInstanceOfSatisfying(
            Problem.class, problem -> assertThat(problem.status()).isEqualTo(404));
  }

  @Test
  void needsNothingWithoutProviders() {
    assertThat(new SsoProviders(settings(Map.of()), false).all()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "providers.x.issuer, http://issuer.example.org, .issuer must be an https URL",
    "providers.x.issuer, http://127.0.0.1:8080, .issuer must be an https URL",
    "providers.x.issuer, https://issuer.example.org?x=1, .issuer must be an https URL",
    "providers.x.issuer, https://me:pw@issuer.example.org, .issuer must be an https URL",
    "providers.x.issuer, not a URL, .issuer is not a URL",
    "providers.x.scopes, 'email,profile', .scopes must have openid",
    "callback-base, ftp://x, callback-base must be the public URL",
    "callback-base, /x, callback-base must be the public URL",
  })
  void doesNotStartWithWhatCannotWork(String key, String value, String message) {
    Map<String, String> settings = valid();
    settings.put(key, value);

    assertThatThrownBy(() -> new SsoProviders(settings(settings), false))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining(message);
  }

  @Test
  void needsTheCallbackBase() {
    Map<String, String> settings = valid();
    settings.remove("callback-base");

    assertThatThrownBy(() -> new SsoProviders(settings(settings), false))
        .hasMessageContaining("faultmaven.sso.callback-base");
  }

  @ParameterizedTest
  @CsvSource({
    "http://127.0.0.1:1/x, true",
    "http://localhost/x, true",
    "http://[::1]:1/x, true",
    "https://example.org/x, true",
    "http://127.0.0.1.example.org/x, false",
    "http://example.org/x, false",
    "ftp://127.0.0.1/x, false",
    "https:///x, false"
  })
  void callsOnThisMachineAloneWithoutTls(String address, boolean may) {
    SsoProviders providers = new SsoProviders(settings(valid()), true);

    assertThat(providers.require("x").mayUse(java.net.URI.create(address))).isEqualTo(may);
  }

  private static Map<String, String> valid() {
    return new HashMap<>(
        Map.of(
            "callback-base", BASE,
            "providers.x.issuer", "https://issuer.example.org",
            "providers.x.client-id", "id",
            "providers.x.client-secret", "secret"));
  }

  private static SsoSettings settings(Map<String, String> values) {
    Map<String, String> prefixed = new HashMap<>();
    values.forEach((key, value) -> prefixed.put("faultmaven.sso." + key, value));
    SmallRyeConfig config =
        new SmallRyeConfigBuilder()
            .withMapping(SsoSettings.class)
            .withSources(new io.smallrye.config.PropertiesConfigSource(prefixed, "test", 100))
            .build();
    return config.getConfigMapping(SsoSettings.class);
  }
}
