package com.faultmaven.user.domain;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AtRestEncryptionTest {
  private static final byte[] SECRET = "a secret".getBytes(UTF_8);

  private final AtRestEncryption encryption = encryption("1", 'a', Map.of());

  @Test
  void givesBackWhatItEncrypted() {
    byte[] sealed = encryption.encrypt(SECRET, "context");

    assertThat(encryption.decrypt(sealed, "1", "context")).isEqualTo(SECRET);
    assertThat(encryption.encrypt(SECRET, "context")).isNotEqualTo(sealed);
  }

  @Test
  void refusesAnotherContextAnotherKeyAndChangedBytes() {
    byte[] sealed = encryption.encrypt(SECRET, "context");
    byte[] changed = sealed.clone();
    changed[20] ^= 1;

    assertRefused(encryption, sealed, "1", "another");
    assertRefused(encryption, changed, "1", "context");
    assertRefused(encryption, Arrays.copyOf(sealed, 5), "1", "context");
    assertRefused(encryption, sealed, "2", "context");
    assertRefused(encryption("1", 'b', Map.of()), sealed, "1", "context");
  }

  @Test
  void opensSigningKeysOfAKeyOfThePast() {
    StoredSigningKey old = new KeyPairs(encryption).generate(Instant.EPOCH, Instant.EPOCH);
    KeyPairs rotated = new KeyPairs(encryption("2", 'b', Map.of("1", key('a'))));

    assertThat(rotated.isOutdated(old)).isTrue();
    StoredSigningKey renewed = rotated.reencrypt(old);

    assertThat(rotated.isOutdated(renewed)).isFalse();
    assertThat(rotated.open(renewed)).isEqualTo(new KeyPairs(encryption).open(old));
    assertThat(renewed.toString()).doesNotContain(renewed.encryptedPrivateKey());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "not base64!", "c2hvcnQ="})
  void refusesBadKeysWithoutShowingThem(String key) {
    assertThatThrownBy(() -> new AtRestEncryption(key, settings("1", Map.of())))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("faultmaven.encryption-key")
        .hasMessageNotContaining("c2hvcnQ");
  }

  private static void assertRefused(
      AtRestEncryption with, byte[] sealed, String keyId, String context) {
    assertThatThrownBy(() -> with.decrypt(sealed, keyId, context))
        .isInstanceOf(IllegalStateException.class);
  }

  private static AtRestEncryption encryption(String keyId, char key, Map<String, String> previous) {
    return new AtRestEncryption(key(key), settings(keyId, previous));
  }

  private static String key(char fill) {
    byte[] key = new byte[32];
    Arrays.fill(key, (byte) fill);
    return Base64.getEncoder().encodeToString(key);
  }

  private static EncryptionSettings settings(String keyId, Map<String, String> previous) {
    return new EncryptionSettings() {
      @Override
      public String keyId() {
        return keyId;
      }

      @Override
      public Map<String, String> previousKeys() {
        return previous;
      }
    };
  }
}
