package com.faultmaven.user.domain.passkey;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.faultmaven.common.security.AtRestEncryption;
import com.faultmaven.user.EmulatedAuthenticator;
import com.faultmaven.user.domain.passkey.PasskeyVerification.Made;
import com.webauthn4j.converter.util.ObjectConverter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** The checks without the service around them. */
final class VerificationUnderTest {
  static final String USER = "019aa0d0-3b1c-7c11-9f5e-1f2f3a4b5c6d";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Challenges challenges;
  private final PasskeyVerification verification;

  VerificationUnderTest(ObjectConverter converter) {
    PasskeySettings settings =
        new SmallRyeConfigBuilder()
            .withMapping(PasskeySettings.class)
            .build()
            .getConfigMapping(PasskeySettings.class);
    String key = Base64.getEncoder().encodeToString(new byte[32]);
    challenges =
        new Challenges(new AtRestEncryption(key, Optional.empty()), settings, Clock.systemUTC());
    verification =
        new PasskeyVerification(converter, challenges, settings, new SimpleMeterRegistry());
  }

  JsonObject created(EmulatedAuthenticator authenticator) {
    String handle = EmulatedAuthenticator.text(new byte[32]);
    return authenticator.create(
        new JsonObject()
            .put("challenge", challenges.forRegistration(USER, handle))
            .put("user", new JsonObject().put("id", handle)));
  }

  JsonObject got(EmulatedAuthenticator authenticator) {
    return authenticator.get(new JsonObject().put("challenge", challenges.forSignIn()));
  }

  /** The passkey that is made; fails with {@link PasskeyRefused}. */
  Passkey add(JsonObject credential) {
    Attestation attestation = Attestation.of(tree(credential));
    Made made = await(verification.made(attestation, USER));
    return new Passkey(
        "passkey",
        USER,
        attestation.credentialId(),
        made.publicKey(),
        made.signCount(),
        String.valueOf(made.challenge().userHandle()),
        made.aaguid(),
        "Key",
        List.of(),
        made.backupEligible(),
        made.backedUp(),
        Clock.systemUTC().instant(),
        null);
  }

  /** The counter after a sign-in; fails with {@link PasskeyRefused}. */
  long signIn(JsonObject credential, Passkey passkey) {
    return await(verification.used(Assertion.of(tree(credential)), passkey)).signCount();
  }

  void close() {
    verification.close();
  }

  private static <T> T await(Uni<T> result) {
    return result.await().atMost(Duration.ofSeconds(30));
  }

  private static JsonNode tree(JsonObject json) {
    try {
      return JSON.readTree(json.encode());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
