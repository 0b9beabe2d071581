package com.faultmaven.common.security;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AtRestEncryptionTest {
  private static final byte[] SECRET = "a secret".getBytes(UTF_8);

  private final AtRestEncryption encryption = encryption('a');

  @Test
  void givesBackWhatItEncrypted() {
    byte[] sealed = encryption.encrypt(SECRET, "context");

    assertThat(encryption.decrypt(sealed, encryption.keyId(), "context")).isEqualTo(SECRET);
    assertThat(encryption.encrypt(SECRET, "context")).isNotEqualTo(sealed);
  }

  @Test
  void refusesAnotherContextAnotherKeyAndChangedBytes() {
    byte[] sealed = encryption.encrypt(SECRET, "context");
    byte[] changed = sealed.clone();
    changed[20] ^= 1;

    assertRefused(encryption, sealed, encryption.keyId(), "another");
    assertRefused(encryption, changed, encryption.keyId(), "context");
    assertRefused(encryption, Arrays.copyOf(sealed, 5), encryption.keyId(), "context");
    assertRefused(encryption, sealed, "00000000", "context");
    assertRefused(encryption('b'), sealed, encryption('b').keyId(), "context");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "not base64!", "c2hvcnQ="})
  void refusesBadKeysWithoutShowingThem(String key) {
    assertThatThrownBy(() -> new AtRestEncryption(key, Optional.empty()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("faultmaven.encryption-key")
        .hasMessageNotContaining("c2hvcnQ");
  }

  private static void assertRefused(
      AtRestEncryption with, byte[] sealed, String keyId, String context) {
    assertThatThrownBy(() -> with.decrypt(sealed, keyId, context))
        .isInstanceOf(IllegalStateException.class);
  }

  private static AtRestEncryption encryption(char key, String... former) {
    return new AtRestEncryption(key(key), Optional.of(List.of(former)));
  }

  private static String key(char fill) {
    byte[] key = new byte[32];
    Arrays.fill(key, (byte) fill);
    return Base64.getEncoder().encodeToString(key);
  }
}
