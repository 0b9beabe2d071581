package com.faultmaven.common.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Texts made to make a recogniser go back and forth: the time has to grow like the text. */
class RedactorTimeTest {
  private static final int LARGE = 800_000;
  private static final int SMALL = LARGE / 8;
  private static final long NOISE_NANOS = 2_500_000_000L;

  private final Redactor redactor = Redactor.of(RedactionLevel.STRICT);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a",
        "a@",
        "@a.",
        "a.b-",
        "1",
        "1 ",
        "12-",
        "+1 (",
        "4111 ",
        "DE12",
        "DE12 ",
        "0000",
        ":",
        "a:",
        "f:",
        "1.",
        "://",
        "a://b:",
        "http://a:b",
        "password=",
        "password='",
        "password=\"x",
        "password=\"\"\"",
        "password",
        "\"password\":",
        "password: |\n",
        "password:\n",
        "name: password\n",
        "token: ",
        "--password ",
        "--",
        "-u a:",
        "<",
        "<password>",
        "<password ",
        "<password><![CDATA[",
        "eyJ",
        "eyJ.",
        "eyJaaaaaaaaaa.",
        "-----BEGIN ",
        "-----BEGIN PRIVATE KEY-----",
        "-----BEGIN PRIVATE KEY-----a-----END ",
        "Authorization: ",
        "authorization:aaaaaaaaaaaaaa",
        "authorization:digest:aaaaaaaa",
        "Authorization: Digest ",
        "Cookie: a=",
        "Bearer ",
        "sk-",
        "ghp_",
        "AKIA",
        "Q~",
        "8Q~",
        "kind: Secret\n",
        "kind: Secret\ndata:\n",
        "kind: Secret\ndata:\n  a: b\n",
        "data:\n",
        "  a: b\n",
        "\n---",
        "jdbc:oracle:thin:",
        "identified by '",
        "password is ",
        "ENV A",
        "[REDACTED:",
        "[REDACTED:email:1]",
        " ",
        "\n",
        "\t\n",
        "\\\"",
        "'",
        "=",
        "= ",
        "key=",
        "key: {",
        "%40a.b",
        "a=b&password=c&",
        "ssn 123 45 678",
        "phone 12 34 ",
        "x password=a,b",
      })
  void takesTimeInProportionToTheText(String piece) {
    String small = piece.repeat(SMALL / piece.length());
    String large = piece.repeat(LARGE / piece.length());
    long smallNanos = Math.min(nanos(small), nanos(small));
    // Eight times the text: a search that goes back each time would take sixty-four times as long.
    long allowed = Math.max(24 * smallNanos, NOISE_NANOS);
    assertThat(nanos(large)).as("%d characters of '%s'", LARGE, piece).isLessThan(allowed);
  }

  @Test
  void redactsTenMegabytesOfLogInSeconds() {
    String line =
        "2024-11-02 10:15:30.123 INFO [orders-7f9c] c.a.Orders - saved order 4711 of ann@a.example in"
            + " 12 ms, trace 4bf92f3577b34da6a3ce929d0e0e4736, pool=8/10\n";
    String log = line.repeat(10_000_000 / line.length());
    long nanos = nanos(log);
    System.out.printf("redaction: %d MB/s%n", log.length() * 1000L / nanos);
    assertThat(nanos).isLessThan(30_000_000_000L);
  }

  private long nanos(String text) {
    long start = System.nanoTime();
    redactor.redact(text);
    return System.nanoTime() - start;
  }
}
