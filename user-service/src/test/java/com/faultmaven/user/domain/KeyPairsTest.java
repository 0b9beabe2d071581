package com.faultmaven.user.domain;

import static org.assertj.core.api.Assertions.assertThat;

import com.faultmaven.common.security.AtRestEncryption;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class KeyPairsTest {
  private final AtRestEncryption encryption = encryption('a');

  @Test
  void opensSigningKeysOfAKeyOfThePast() {
    StoredSigningKey old = new KeyPairs(encryption).generate(Instant.EPOCH, Instant.EPOCH);
    KeyPairs rotated = new KeyPairs(encryption('b', key('a')));

    assertThat(rotated.isOutdated(old)).isTrue();
    StoredSigningKey renewed = rotated.reencrypt(old);

    assertThat(rotated.isOutdated(renewed)).isFalse();
    assertThat(rotated.open(renewed)).isEqualTo(new KeyPairs(encryption).open(old));
    assertThat(renewed.toString()).doesNotContain(renewed.encryptedPrivateKey());
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
