package com.faultmaven.user.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordsTest {
  private static final byte[] SALT =
      "sixteen bytes...".getBytes(java.nio.charset.StandardCharsets.US_ASCII);

  private final CommonPasswords common = new CommonPasswords();
  private final Argon2id cost = new Argon2id(19456, 2, 1);
  private final HashMemory memory = cost.memoryFor(1);

  @Test
  void knowsItsOwnHashAndNoOther() {
    String hash = cost.hash("correct horse", SALT, memory);

    assertThat(hash).startsWith("$argon2id$v=19$m=19456,t=2,p=1$");
    assertThat(Argon2id.matches("correct horse", hash, memory)).isTrue();
    assertThat(Argon2id.matches("correct horsf", hash, memory)).isFalse();
    assertThat(Argon2id.matches("", hash, memory)).isFalse();
  }

  @Test
  void givesTheResultOfTheReferenceImplementation() {
    // echo -n password | argon2 somesalt -id -t 2 -k 65536 -p 1, from the reference's own tests
    String hash =
        "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ"
            + "$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc";

    assertThat(Argon2id.matches("password", hash, memory)).isTrue();
    assertThat(cost.differsFrom(hash)).isTrue();
    assertThat(cost.differsFrom(cost.hash("x", SALT, memory))).isFalse();
  }

  @Test
  void takesOnePasswordWhicheverWayItsAccentsAreComposed() {
    assertThat(Argon2id.matches("cafe\u0301", cost.hash("caf\u00e9", SALT, memory), memory))
        .isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "password1234",
        "PassWord1234",
        "P@ssw0rd2026!",
        "Passw0rd!!!!",
        "Administrator1",
        "1q2w3e4r5t6y",
        "QWERTYuiop123",
        "ILoveYou2026!!",
        "Welcome12345",
        "123456789012",
        "correcthorsebatterystaple",
        "Kubernetes2026"
      })
  void knowsCommonPasswordsAndTheirVariations(String password) {
    assertThat(common.contains(password)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "violet-tractor-41-sleeps",
        "passwordless-otter-vista",
        "Tq7#vLm2!xZp9",
        "my aunt keeps nine geese"
      })
  void letsOtherPasswordsPass(String password) {
    assertThat(common.contains(password)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"0, 43", "1, 43"})
  void writesCoordinatesInFullLength(long value, int length) {
    String text = KeyPairs.coordinate(java.math.BigInteger.valueOf(value));

    assertThat(text).hasSize(length);
    assertThat(Base64.getUrlDecoder().decode(text)).hasSize(32);
  }
}
