package com.faultmaven.user.domain;

import static org.assertj.core.api.Assertions.assertThat;

import com.faultmaven.common.logarchive.AuditSettings;
import com.faultmaven.user.domain.mail.MailSettings;
import com.faultmaven.user.domain.passkey.PasskeySettings;
import com.faultmaven.user.domain.privacy.PrivacySettings;
import com.faultmaven.user.domain.sso.SsoSettings;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {
  @ParameterizedTest
  @ValueSource(
      classes = {
        AdminSettings.class,
        AuditSettings.class,
        ExpiredTokenSettings.class,
        InactiveAccountSettings.class,
        LoginSettings.class,
        MailSettings.class,
        PasskeySettings.class,
        PasswordSettings.class,
        PrivacySettings.class,
        ProfileCacheSettings.class,
        RegistrationSettings.class,
        SecondFactorSettings.class,
        SigningKeySettings.class,
        SsoSettings.class,
        TokenSettings.class,
        VerificationSettings.class
      })
  void areInTheTableOfTheReadmeWithTheirDefaults(Class<?> settings) throws IOException {
    String readme = Files.readString(Path.of("README.md"));
    String prefix = settings.getAnnotation(ConfigMapping.class).prefix();

    for (Method method : settings.getDeclaredMethods()) {
      WithDefault value = method.getAnnotation(WithDefault.class);
      assertThat(readme)
          .contains(
              "| `%s.%s` | %s |"
                  .formatted(
                      prefix,
                      kebab(method.getName()),
                      value == null ? "none" : "`" + value.value() + "`"));
    }
  }

  private static String kebab(String name) {
    return name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
  }
}
