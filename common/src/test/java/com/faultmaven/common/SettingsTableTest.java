package com.faultmaven.common;

import static org.assertj.core.api.Assertions.assertThat;

import com.faultmaven.common.db.PoolSettings;
import com.faultmaven.common.event.EventSettings;
import com.faultmaven.common.job.JobSettings;
import com.faultmaven.common.security.TokenCacheSettings;
import com.faultmaven.common.userdata.ExportSettings;
import com.faultmaven.common.web.IdempotencySettings;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The README's table and the code name the same settings with the same defaults. */
class SettingsTableTest {
  private static final Pattern ROW =
      Pattern.compile("\\| `(faultmaven\\.[a-z.-]+)` \\| `([^`]+)` \\|");

  @Test
  void theReadmeListsEverySettingWithItsDefault() throws IOException {
    Map<String, String> documented = new TreeMap<>();
    Matcher row = ROW.matcher(Files.readString(Path.of("README.md")));
    while (row.find()) {
      documented.put(row.group(1), row.group(2));
    }

    assertThat(documented).containsExactlyInAnyOrderEntriesOf(declared());
  }

  private static Map<String, String> declared() {
    Map<String, String> settings = new TreeMap<>();
    for (Class<?> mapping :
        List.of(
            PoolSettings.class,
            EventSettings.class,
            IdempotencySettings.class,
            JobSettings.class,
            TokenCacheSettings.class,
            ExportSettings.class)) {
      String prefix = mapping.getAnnotation(ConfigMapping.class).prefix();
      for (Method method : mapping.getDeclaredMethods()) {
        WithDefault value = method.getAnnotation(WithDefault.class);
        if (value != null) {
          settings.put(prefix + "." + kebab(method.getName()), value.value());
        }
      }
    }
    return settings;
  }

  private static String kebab(String name) {
    return name.replaceAll("([a-z])([A-Z])", "$1-$2").toLowerCase(Locale.ROOT);
  }
}
