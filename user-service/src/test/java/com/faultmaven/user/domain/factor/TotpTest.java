package com.faultmaven.user.domain.factor;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TotpTest {
  private static final byte[] SECRET = "12345678901234567890".getBytes(US_ASCII);

  /** The last six digits of RFC 6238, appendix B, for SHA-1. */
  @ParameterizedTest
  @CsvSource({
    "59, 287082",
    "1111111109, 081804",
    "1111111111, 050471",
    "1234567890, 005924",
    "2000000000, 279037",
    "20000000000, 353130",
  })
  void makesTheCodesOfTheStandard(long second, String code) {
    assertThat(Totp.code(SECRET, Totp.step(Instant.ofEpochSecond(second)))).isEqualTo(code);
  }

  @ParameterizedTest
  @CsvSource({"-60, false", "-30, true", "0, true", "29, true", "30, true", "60, false"})
  void takesCodesOfTheStepsBeforeAndAfter(int seconds, boolean taken) {
    Instant now = Instant.ofEpochSecond(1_200_000_000);
    String code = Totp.code(SECRET, Totp.step(now.plusSeconds(seconds)));

    assertThat(Totp.find(SECRET, code, now, 0).isPresent()).isEqualTo(taken);
  }

  @Property
  void takesACodeOnce(
      @ForAll @Size(20) byte[] secret, @ForAll @LongRange(min = 60, max = 1L << 34) long second) {
    Instant now = Instant.ofEpochSecond(second);
    String code = Totp.code(secret, Totp.step(now));

    long used = Totp.find(secret, code, now, 0).orElseThrow();

    assertThat(used).isGreaterThanOrEqualTo(Totp.step(now));
    assertThat(Totp.find(secret, code, now, used)).isEmpty();
  }

  @Property
  void takesNoOtherCode(@ForAll String typed) {
    Instant now = Instant.ofEpochSecond(1_200_000_000);
    long step = Totp.step(now);
    boolean right =
        typed.equals(Totp.code(SECRET, step - 1))
            || typed.equals(Totp.code(SECRET, step))
            || typed.equals(Totp.code(SECRET, step + 1));

    assertThat(Totp.find(SECRET, typed, now, 0).isPresent()).isEqualTo(right);
  }
}
