package com.faultmaven.user.domain.passkey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.faultmaven.user.EmulatedAuthenticator;
import com.webauthn4j.converter.util.ObjectConverter;
import io.vertx.core.json.JsonObject;
import java.util.Arrays;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.Lifespan;
import net.jqwik.api.lifecycle.Store;

/** Whatever bytes come, they are refused and nothing else happens. */
class PasskeyVerificationTest {
  private static final Store<VerificationUnderTest> UNDER_TEST =
      Store.getOrCreate(
          PasskeyVerificationTest.class,
          Lifespan.RUN,
          () -> new VerificationUnderTest(new ObjectConverter()));

  private final VerificationUnderTest checks = UNDER_TEST.get();
  private final EmulatedAuthenticator authenticator = EmulatedAuthenticator.es256();

  @Provide
  Arbitrary<String> made() {
    return Arbitraries.of("clientDataJSON", "attestationObject");
  }

  @Provide
  Arbitrary<String> used() {
    return Arbitraries.of("clientDataJSON", "authenticatorData", "signature", "userHandle");
  }

  @Property(tries = 300)
  void refusesNoiseInANewPasskey(@ForAll("made") String field, @ForAll byte[] noise) {
    JsonObject credential = checks.created(authenticator);
    credential.getJsonObject("response").put(field, EmulatedAuthenticator.text(noise));

    assertThatThrownBy(() -> checks.add(credential)).isInstanceOf(PasskeyRefused.class);
  }

  @Property(tries = 300)
  void refusesNoiseInASignIn(@ForAll("used") String field, @ForAll byte[] noise) {
    Passkey passkey = checks.add(checks.created(authenticator));
    JsonObject credential = checks.got(authenticator);
    credential.getJsonObject("response").put(field, EmulatedAuthenticator.text(noise));

    assertThatThrownBy(() -> checks.signIn(credential, passkey)).isInstanceOf(PasskeyRefused.class);
  }

  /** Close to the truth, where the readers get far; some changes are harmless when it is added. */
  @Property(tries = 400)
  void survivesOneChangedOrMissingByteOfANewPasskey(
      @ForAll("made") String field,
      @ForAll @IntRange(max = 10_000) int place,
      @ForAll byte value,
      @ForAll boolean cut) {
    JsonObject credential = checks.created(authenticator);
    change(credential.getJsonObject("response"), field, place, value, cut);

    try {
      assertThat(checks.add(credential).userId()).isEqualTo(VerificationUnderTest.USER);
    } catch (PasskeyRefused refused) {
      assertThat(refused.word()).isNotEmpty();
    }
  }

  @Property(tries = 400)
  void refusesOneChangedOrMissingByteOfASignIn(
      @ForAll("used") String field,
      @ForAll @IntRange(max = 10_000) int place,
      @ForAll byte value,
      @ForAll boolean cut) {
    Passkey passkey = checks.add(checks.created(authenticator));
    JsonObject credential = checks.got(authenticator);
    if (!change(credential.getJsonObject("response"), field, place, value, cut)) {
      assertThat(checks.signIn(credential, passkey)).isEqualTo(authenticator.counter);
      return;
    }

    assertThatThrownBy(() -> checks.signIn(credential, passkey)).isInstanceOf(PasskeyRefused.class);
  }

  private static boolean change(
      JsonObject response, String field, int place, byte value, boolean cut) {
    byte[] before = EmulatedAuthenticator.bytes(response.getString(field));
    int at = place % before.length;
    byte[] after = cut ? Arrays.copyOf(before, at) : before.clone();
    if (!cut) {
      after[at] = value;
    }
    response.put(field, EmulatedAuthenticator.text(after));
    return !Arrays.equals(before, after);
  }
}
