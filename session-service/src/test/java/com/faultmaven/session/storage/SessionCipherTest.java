package com.faultmaven.session.storage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.faultmaven.common.security.AtRestEncryption;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SessionCipherTest {
  private static final byte[] PLAIN = "a session".getBytes(UTF_8);

  private final SessionCipher cipher = cipher(1);

  @Property(tries = 200)
  void opensWhatItHasSealed(@ForAll String redisKey, @ForAll byte[] plain) {
    assertThat(cipher.open(redisKey, cipher.seal(redisKey, plain))).hasValue(plain);
  }

  @Test
  void sealsTheSameValueDifferentlyEachTime() {
    assertThat(cipher.seal("k", PLAIN)).isNotEqualTo(cipher.seal("k", PLAIN));
  }

  @Test
  void doesNotOpenAValueUnderAnotherKeyOfRedis() {
    assertThat(cipher.open("session:b", cipher.seal("session:a", PLAIN))).isEmpty();
  }

  @Test
  void doesNotOpenAValueThatWasChangedAnywhere() {
    String value = cipher.seal("k", PLAIN);
    int start = value.lastIndexOf('.') + 1;
    byte[] sealed = Base64.getUrlDecoder().decode(value.substring(start));
    for (int i = 0; i < sealed.length; i++) {
      byte[] changed = sealed.clone();
      changed[i] ^= 1;
      String forged =
          value.substring(0, start)
              + Base64.getUrlEncoder().withoutPadding().encodeToString(changed);
      assertThat(cipher.open("k", forged)).as("byte %d", i).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", "..", "v1..", "v1.00000000.AAAA", "v2.x.y", "plain text", "{}"})
  void doesNotOpenWhatItHasNotSealed(String value) {
    assertThat(cipher.open("k", value)).isEmpty();
  }

  @Test
  void readsFormerKeysAndWritesTheCurrentOne() {
    SessionCipher rotated =
        new SessionCipher(new AtRestEncryption(key(2), Optional.of(List.of(key(1)))));

    assertThat(rotated.open("k", cipher.seal("k", PLAIN))).hasValue(PLAIN);
    assertThat(cipher.open("k", rotated.seal("k", PLAIN))).isEmpty();
  }

  @Test
  void namesTheKeyInTheValue() {
    SessionCipher other = cipher(2);

    assertThat(keyId(cipher.seal("k", PLAIN)))
        .isEqualTo(keyId(cipher.seal("j", PLAIN)))
        .isNotEqualTo(keyId(other.seal("k", PLAIN)));
  }

  private static SessionCipher cipher(int key) {
    return new SessionCipher(new AtRestEncryption(key(key), Optional.empty()));
  }

  private static String keyId(String value) {
    return value.split("\\.", -1)[1];
  }

  private static String key(int filler) {
    byte[] bytes = new byte[32];
    Arrays.fill(bytes, (byte) filler);
    return Base64.getEncoder().encodeToString(bytes);
  }
}
