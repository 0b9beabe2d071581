package com.faultmaven.common.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class RedactorPropertyTest {
  private static final List<String> ASSIGNMENTS =
      List.of(
          "password=%s",
          "password: %s\n",
          "\"password\": \"%s\"",
          "<password>%s</password>",
          "DB_PASSWORD=%s",
          "client_secret=%s",
          "Authorization: Bearer %s",
          "--password %s",
          "postgresql://app:%s@db:5432/x",
          "- name: API_TOKEN\n  value: %s\n");

  private final Redactor redactor = Redactor.of(RedactionLevel.STANDARD);

  @Property(tries = 400)
  void letsNoPlantedTokenOrPersonalValueSurvive(
      @ForAll("surroundings") String before,
      @ForAll("surroundings") String after,
      @ForAll long seed) {
    FakeSecrets fake = new FakeSecrets(seed);
    Collection<String> planted = new ArrayList<>(fake.tokens().values());
    planted.addAll(fake.personal().values());
    StringBuilder text = new StringBuilder();
    planted.forEach(
        value -> text.append(before).append(' ').append(value).append(' ').append(after));
    String redacted = redactor.redact(text.toString()).text();
    assertThat(planted).noneMatch(redacted::contains);
  }

  @Property(tries = 400)
  void letsNoValueOfASecretNameSurvive(
      @ForAll("surroundings") String before,
      @ForAll("surroundings") String after,
      @ForAll long seed) {
    FakeSecrets fake = new FakeSecrets(seed);
    for (String assignment : ASSIGNMENTS) {
      String value = "Q" + fake.alphanumeric(14);
      String text = before + "\n" + assignment.formatted(value) + " " + after;
      assertThat(redactor.redact(text).text()).doesNotContain(value);
    }
  }

  @Property(tries = 1000)
  void changesNothingTheSecondTime(@ForAll("pieces") String text) {
    for (RedactionLevel level : RedactionLevel.values()) {
      Redactor any = Redactor.of(level);
      String once = any.redact(text).text();
      assertThat(any.redact(once).text()).isEqualTo(once);
    }
  }

  @Property(tries = 300)
  void takesNumbersOfLogsForNoPhoneAndNoCard(@ForAll long seed) {
    Random random = new Random(seed);
    long millis = 1_500_000_000_000L + random.nextLong(400_000_000_000L);
    String line =
        "%d %d.%03d %d %016x req=%s took %.3f ms, %d bytes at offset %d, pid %d tid %d, %d%%"
            .formatted(
                millis,
                millis / 1000,
                millis % 1000,
                millis * 1_000_000,
                random.nextLong(),
                new java.util.UUID(random.nextLong(), random.nextLong()),
                random.nextDouble() * 10_000,
                random.nextInt(1 << 30),
                random.nextLong(1L << 40),
                random.nextInt(65_536),
                random.nextInt(65_536),
                random.nextInt(100));
    assertThat(redactor.redact(line).text()).isEqualTo(line);
  }

  /** Text of logs and settings, and of anything at all. */
  @Provide
  Arbitrary<String> surroundings() {
    Arbitrary<String> words =
        Arbitraries.of(
                "INFO",
                "ERROR",
                "request",
                "took 12 ms",
                "user=bob",
                "2024-11-02 10:15:30.123",
                "{\"a\": 1}",
                "key: value",
                "\n",
                "\t",
                "--",
                "at com.acme.Orders.save(Orders.java:12)")
            .list()
            .ofMaxSize(8)
            .map(list -> String.join(" ", list));
    return Arbitraries.oneOf(
        words, Arbitraries.strings().ascii().ofMaxLength(40).map(s -> s + "\n"));
  }

  /** What recognisers look for, in any order. */
  @Provide
  Arbitrary<String> pieces() {
    return Arbitraries.of(
            "password",
            "=",
            ":",
            " ",
            "\n",
            "\"",
            "'",
            "token",
            "secret",
            "api_key",
            "Bearer ",
            "Authorization: ",
            "Cookie: a=",
            "@",
            "a.example",
            "://",
            "user",
            "hunter2",
            "abcDEF123456",
            "[REDACTED:email:1]",
            "[REDACTED:password:3]",
            "[REDACTED:",
            "]",
            "1",
            "415-555-2671",
            "phone ",
            "+1",
            "--",
            "<password>",
            "</",
            ">",
            "name: ",
            "value: ",
            "|",
            ",",
            ";",
            "&",
            "{",
            "}",
            "(",
            ")",
            "\\",
            "#",
            "$",
            "%40",
            "eyJ",
            ".",
            "-----BEGIN PRIVATE KEY-----",
            "-----END PRIVATE KEY-----",
            "kind: Secret\n",
            "data:\n",
            "  a: b\n",
            "123-45-6789",
            "10.1.2.3")
        .list()
        .ofMaxSize(24)
        .map(list -> String.join("", list));
  }
}
