package com.faultmaven.artifact.preprocess;

import static com.faultmaven.common.model.artifact.DataType.STRUCTURED_CONFIG;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigExtractionTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "deploy.yaml | YAML | containers[app].image = registry/app:latest",
        "app.toml | TOML | db.pool.max_size = 1",
        "app.ini | INI | mysqld.bind-address = 0.0.0.0",
        "app.properties | properties | a.b = one two",
        "settings.env | env | DEBUG = true",
        "settings.xml | XML | config.feature[1].@name = b",
        "main.tf | HCL | resource/aws_instance/web.ami = ami-1",
        "nginx.conf | blocks | proxy_pass = http://backend.internal:8080",
        "tsconfig.json | JSON | compilerOptions.paths.a[0] = b",
      })
  void readsFormat(String name, String format, String setting) throws IOException {
    Extraction found = Samples.extract(name, STRUCTURED_CONFIG);

    assertThat(found.summary()).startsWith(format + ", ");
    assertThat(found.fullExtraction()).contains(setting).doesNotContain("## Problems");
  }

  @ParameterizedTest
  @CsvSource({
    "deploy.yaml, hunter2",
    "deploy.yaml, c2VjcmV0",
    "app.toml, abcdefgh",
    "app.properties, pw@",
    "settings.env, sk-123456789012345",
    "settings.xml, correct-horse",
    "main.tf, topsecret1",
    "tsconfig.json, abcdef123456"
  })
  void masksSecrets(String name, String secret) throws IOException {
    Extraction found = Samples.extract(name, STRUCTURED_CONFIG);

    assertThat(found.summary() + found.fullExtraction() + found.insights())
        .contains("[MASKED]")
        .doesNotContain(secret);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a.yaml | tls: {insecure_skip_verify: true} | security check is skipped",
        "a.yaml | db: {password: changeme} | default or weak secret",
        "a.yaml | client: {timeout: 0} | no timeout",
        "a.yaml | cors: {allowed_origins: '*'} | everything is allowed",
        "a.yaml | logging: {level: DEBUG} | debugging is on",
        "a.yaml | retries: -1 | retries without a sensible bound",
      })
  void pointsOutSuspiciousSettings(String name, String text, String reason) throws IOException {
    Extraction found = Samples.extract(text, name, STRUCTURED_CONFIG);

    assertThat(found.insights()).anyMatch(insight -> insight.endsWith(reason));
  }

  @Test
  void saysWhatChangedSinceThePreviousVersion() throws IOException {
    String before =
        """
        pool: {max: 50, idle: 5}
        password: old-password-1
        servers:
          - {name: a, weight: 1}
          - {name: b, weight: 1}
        """;
    String after =
        """
        pool: {max: 5, min: 1}
        password: new-password-2
        servers:
          - {name: c, weight: 1}
          - {name: a, weight: 2}
          - {name: b, weight: 1}
        """;

    Extraction found =
        Samples.extract(
            after, "a.yaml", STRUCTURED_CONFIG, Samples.PLAIN.withPreviousVersion(before));

    assertThat(found.summary()).contains("3 changed, 3 added, 1 removed");
    assertThat(found.fullExtraction())
        .contains("~ pool.max: 50 → 5", "~ servers[a].weight: 1 → 2", "- pool.idle = 5")
        .contains("+ pool.min = 1", "~ password: secret changed [MASKED]")
        .doesNotContain("old-password-1", "new-password-2");
  }

  @Test
  void saysThatNothingChanged() throws IOException {
    Extraction found =
        Samples.extract(
            "{\"a\": 1}",
            "a.json",
            STRUCTURED_CONFIG,
            Samples.PLAIN.withPreviousVersion("{ \"a\":1 }"));

    assertThat(found.summary()).contains("Nothing changed");
  }

  @Test
  void doesNotReadEntitiesFromOutside() throws IOException {
    Path secret = Samples.file("top secret content");
    String xml =
        """
        <?xml version="1.0"?>
        <!DOCTYPE c [<!ENTITY x SYSTEM "%s">]>
        <c><a>1</a><b>&x;</b></c>
        """
            .formatted(secret.toUri());

    Extraction found = Samples.extract(xml, "a.xml", STRUCTURED_CONFIG);

    assertThat(found.summary() + found.fullExtraction()).doesNotContain("top secret content");
    Files.delete(secret);
  }

  @Test
  void doesNotMultiplyAliases() throws IOException {
    StringBuilder yaml = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for (int i = 1; i < 40; i++) {
      String alias = "*a" + (i - 1);
      yaml.append("a%d: &a%d [%s, %s, %s, %s]\n".formatted(i, i, alias, alias, alias, alias));
    }

    Extraction found = Samples.extract(yaml.toString(), "a.yaml", STRUCTURED_CONFIG);

    assertThat(found.fullExtraction()).contains("a1[0] = *a0");
  }

  @Test
  void boundsDepth() throws IOException {
    Extraction found =
        Samples.extract("[".repeat(900) + "]".repeat(900), "a.json", STRUCTURED_CONFIG);

    assertThat(found.insights()).anyMatch(text -> text.contains("beyond the bounds"));
  }

  @Test
  void saysWhereSyntaxBreaks() throws IOException {
    Extraction found = Samples.extract("{\"a\": 1,\n \"b\": }", "a.json", STRUCTURED_CONFIG);

    assertThat(found.insights()).contains("JSON breaks off at line 2");
    assertThat(found.fullExtraction()).contains("a = 1");
  }
}
