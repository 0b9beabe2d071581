package com.faultmaven.artifact.domain;

import static org.assertj.core.api.Assertions.assertThat;

import com.faultmaven.common.s3.S3Settings;
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
        ExtractionSettings.class,
        JobSettings.class,
        ProcessingSettings.class,
        S3Settings.class,
        UploadSettings.class
      })
  void areInTheTableOfTheReadmeWithTheirDefaults(Class<?> settings) throws IOException {
    String readme = Files.readString(Path.of("README.md"));
    String prefix = settings.getAnnotation(ConfigMapping.class).prefix();

    for (Method method : settings.getDeclaredMethods()) {
      if (method.isDefault()) {
        continue;
      }
      WithDefault value = method.getAnnotation(WithDefault.class);
      String row = "| `%s.%s` | ".formatted(prefix, kebab(method.getName()));
      assertThat(readme).contains(value == null ? row : row + "`" + value.value() + "`");
    }
  }

  private static String kebab(String name) {
    return name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
  }
}
