package com.faultmaven.user.domain.passkey;

import com.faultmaven.common.web.Problem;
import com.faultmaven.user.domain.BoundedWorkers;
import com.webauthn4j.WebAuthnManager;
import com.webauthn4j.converter.AttestationObjectConverter;
import com.webauthn4j.converter.AuthenticatorDataConverter;
import com.webauthn4j.converter.CollectedClientDataConverter;
import com.webauthn4j.converter.util.ObjectConverter;
import com.webauthn4j.credential.CredentialRecordImpl;
import com.webauthn4j.data.AuthenticationData;
import com.webauthn4j.data.AuthenticationParameters;
import com.webauthn4j.data.AuthenticationRequest;
import com.webauthn4j.data.PublicKeyCredentialParameters;
import com.webauthn4j.data.PublicKeyCredentialType;
import com.webauthn4j.data.RegistrationData;
import com.webauthn4j.data.RegistrationParameters;
import com.webauthn4j.data.attestation.AttestationObject;
import com.webauthn4j.data.attestation.authenticator.AAGUID;
import com.webauthn4j.data.attestation.authenticator.AttestedCredentialData;
import com.webauthn4j.data.attestation.authenticator.AuthenticatorData;
import com.webauthn4j.data.attestation.authenticator.COSEKey;
import com.webauthn4j.data.attestation.authenticator.Curve;
import com.webauthn4j.data.attestation.authenticator.EC2COSEKey;
import com.webauthn4j.data.attestation.statement.COSEAlgorithmIdentifier;
import com.webauthn4j.data.attestation.statement.NoneAttestationStatement;
import com.webauthn4j.data.client.CollectedClientData;
import com.webauthn4j.data.client.Origin;
import com.webauthn4j.data.client.challenge.DefaultChallenge;
import com.webauthn4j.data.extension.authenticator.RegistrationExtensionAuthenticatorOutput;
import com.webauthn4j.server.ServerProperty;
import com.webauthn4j.verifier.exception.BadChallengeException;
import com.webauthn4j.verifier.exception.BadOriginException;
import com.webauthn4j.verifier.exception.BadRpIdException;
import com.webauthn4j.verifier.exception.BadSignatureException;
import com.webauthn4j.verifier.exception.BadTopOriginException;
import com.webauthn4j.verifier.exception.CrossOriginException;
import com.webauthn4j.verifier.exception.InconsistentClientDataTypeException;
import com.webauthn4j.verifier.exception.MaliciousCounterValueException;
import com.webauthn4j.verifier.exception.UserNotPresentException;
import com.webauthn4j.verifier.exception.UserNotVerifiedException;
import com.webauthn4j.verifier.exception.VerificationException;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.security.PublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Checks what authenticators and browsers have made (WebAuthn level 3, sections 7.1 and 7.2):
 * origin, relying party, challenge, type, the flags for a present and verified user, algorithm,
 * signature and counter. It runs on workers of its own.
 *
 * <p>What an authenticator says about its make (attestation) is neither asked for nor read: no
 * certificate of a stranger is parsed, and nobody is kept out for the brand of a key.
 */
@ApplicationScoped
public class PasskeyVerification {
  private static final int FEWEST_RSA_BITS = 2048;
  private static final int MOST_RSA_BITS = 4096;
  private static final int MOST_EXPONENT_BITS = 32;

  // Not static: a native executable must hold no object of the library from its build.
  private final List<PublicKeyCredentialParameters> algorithms =
      List.of(parameters(COSEAlgorithmIdentifier.ES256), parameters(COSEAlgorithmIdentifier.RS256));

  private final WebAuthnManager checks;
  private final ObjectConverter converter;
  private final CollectedClientDataConverter clientData;
  private final AttestationObjectConverter attestationObject;
  private final AuthenticatorDataConverter authenticatorData;
  private final Challenges challenges;
  private final String rpId;
  private final Set<Origin> origins;
  private final BoundedWorkers workers;

  /** Starts the workers. */
  @Inject
  public PasskeyVerification(
      Challenges challenges, PasskeySettings settings, MeterRegistry metrics) {
    this(new ObjectConverter(), challenges, settings, metrics);
  }

  PasskeyVerification(
      ObjectConverter converter,
      Challenges challenges,
      PasskeySettings settings,
      MeterRegistry metrics) {
    this.converter = converter;
    this.challenges = challenges;
    clientData = new CollectedClientDataConverter(converter);
    attestationObject = new AttestationObjectConverter(converter);
    authenticatorData = new AuthenticatorDataConverter(converter);
    checks = WebAuthnManager.createNonStrictWebAuthnManager(converter);
    rpId = settings.rpId();
    origins = settings.origins().stream().map(Origin::new).collect(Collectors.toSet());
    workers =
        new BoundedWorkers(
            "passkey",
            settings.workers(),
            settings.queue(),
            () ->
                Problem.unavailable(
                    "passkey-check-busy",
                    "Too many passkeys are being checked; try again in a moment.",
                    settings.retryAfter()),
            metrics,
            "faultmaven.passkeys");
  }

  /**
   * A new passkey that is as it should be.
   *
   * @param challenge what it was made for
   * @param publicKey COSE key, Base64url
   * @param signCount the authenticator's counter
   * @param aaguid kind of authenticator
   * @param backupEligible whether it may be copied to other devices
   * @param backedUp whether it has been
   */
  record Made(
      Challenge challenge,
      String publicKey,
      long signCount,
      String aaguid,
      boolean backupEligible,
      boolean backedUp) {}

  /**
   * A use of a passkey that is as it should be.
   *
   * @param challenge what was signed
   * @param signCount the authenticator's counter now
   * @param backedUp whether it has been copied to other devices
   */
  record Used(Challenge challenge, long signCount, boolean backedUp) {}

  /** Checks a new passkey; fails with {@link PasskeyRefused}, or 503 when too many wait. */
  Uni<Made> made(Attestation attestation, String userId) {
    return workers.run(() -> refusing(() -> check(attestation, userId)));
  }

  /** Checks a use of a passkey; fails with {@link PasskeyRefused}, or 503 when too many wait. */
  Uni<Used> used(Assertion assertion, Passkey passkey) {
    return workers.run(() -> refusing(() -> check(assertion, passkey)));
  }

  @PreDestroy
  void close() {
    workers.close();
  }

  private Made check(Attestation attestation, String userId) {
    byte[] clientBytes = bytes(attestation.clientData());
    CollectedClientData client = clientData.convert(clientBytes);
    Challenge challenge = challenge(client);
    if (!userId.equals(challenge.userId())) {
      throw new PasskeyRefused("challenge");
    }
    byte[] object = bytes(attestation.attestationObject());
    AuthenticatorData<RegistrationExtensionAuthenticatorOutput> data =
        authenticatorData.convert(attestationObject.extractAuthenticatorData(object));
    AttestationObject unattested = new AttestationObject(data, new NoneAttestationStatement());
    checks.verify(
        new RegistrationData(unattested, object, client, clientBytes, null, null),
        new RegistrationParameters(server(client), algorithms, true, true));
    AttestedCredentialData credential = data.getAttestedCredentialData();
    if (!attestation.credentialId().equals(text(credential.getCredentialId()))) {
      throw new PasskeyRefused("malformed");
    }
    requireSoundKey(credential.getCOSEKey());
    return new Made(
        challenge,
        text(converter.getCborMapper().writeValueAsBytes(credential.getCOSEKey())),
        data.getSignCount(),
        String.valueOf(credential.getAaguid().getValue()),
        data.isFlagBE(),
        data.isFlagBS());
  }

  private Used check(Assertion assertion, Passkey passkey) {
    AuthenticationData data =
        checks.parse(
            new AuthenticationRequest(
                bytes(assertion.credentialId()),
                bytes(assertion.userHandle()),
                bytes(assertion.authenticatorData()),
                bytes(assertion.clientData()),
                bytes(assertion.signature())));
    Challenge challenge = challenge(data.getCollectedClientData());
    if (challenge.userId() != null) {
      throw new PasskeyRefused("challenge");
    }
    if (!assertion.userHandle().equals(passkey.userHandle())) {
      throw new PasskeyRefused("user_handle");
    }
    checks.verify(
        data,
        new AuthenticationParameters(
            server(data.getCollectedClientData()), stored(passkey), null, true, true));
    return new Used(
        challenge,
        data.getAuthenticatorData().getSignCount(),
        data.getAuthenticatorData().isFlagBS());
  }

  private Challenge challenge(CollectedClientData client) {
    return challenges
        .open(client.getChallenge().getValue())
        .orElseThrow(() -> new PasskeyRefused("challenge"));
  }

  /** The challenge has proved by itself that it is one of ours. */
  private ServerProperty server(CollectedClientData client) {
    return ServerProperty.builder()
        .origins(origins)
        .rpId(rpId)
        .challenge(new DefaultChallenge(client.getChallenge().getValue()))
        .build();
  }

  private CredentialRecordImpl stored(Passkey passkey) {
    COSEKey key = converter.getCborMapper().readValue(bytes(passkey.publicKey()), COSEKey.class);
    return new CredentialRecordImpl(
        new NoneAttestationStatement(),
        true,
        passkey.backupEligible(),
        passkey.backedUp(),
        passkey.signCount(),
        new AttestedCredentialData(
            new AAGUID(passkey.aaguid()), bytes(passkey.credentialId()), key),
        null,
        null,
        null,
        null);
  }

  /** ES256 means P-256 here (WebAuthn level 3, 5.8.5), and no RSA key may be a burden to check. */
  private static void requireSoundKey(COSEKey key) {
    PublicKey publicKey = key.getPublicKey();
    boolean sound =
        COSEAlgorithmIdentifier.ES256.equals(key.getAlgorithm())
            ? key instanceof EC2COSEKey ec && Curve.SECP256R1.equals(ec.getCurve())
            : publicKey instanceof RSAPublicKey rsa
                && rsa.getModulus().bitLength() >= FEWEST_RSA_BITS
                && rsa.getModulus().bitLength() <= MOST_RSA_BITS
                && rsa.getPublicExponent().bitLength() <= MOST_EXPONENT_BITS;
    if (publicKey == null || !sound) {
      throw new PasskeyRefused("key");
    }
  }

  /** Whatever a stranger's bytes make the library throw, they are refused. */
  private static <T> T refusing(Supplier<T> check) {
    try {
      return check.get();
    } catch (PasskeyRefused refused) {
      throw refused;
    } catch (VerificationException failure) {
      throw new PasskeyRefused(word(failure), failure);
    } catch (RuntimeException malformed) {
      throw new PasskeyRefused("malformed", malformed);
    }
  }

  private static String word(VerificationException failure) {
    return switch (failure) {
      case BadChallengeException challenge -> "challenge";
      case BadOriginException origin -> "origin";
      case BadTopOriginException origin -> "origin";
      case CrossOriginException origin -> "origin";
      case BadRpIdException party -> "relying_party";
      case InconsistentClientDataTypeException type -> "type";
      case UserNotPresentException absent -> "user_not_present";
      case UserNotVerifiedException unverified -> "user_not_verified";
      case BadSignatureException signature -> "signature";
      case MaliciousCounterValueException counter -> "counter";
      default -> "not_accepted";
    };
  }

  private static PublicKeyCredentialParameters parameters(COSEAlgorithmIdentifier algorithm) {
    return new PublicKeyCredentialParameters(PublicKeyCredentialType.PUBLIC_KEY, algorithm);
  }

  private static byte[] bytes(String base64url) {
    return Base64.getUrlDecoder().decode(base64url);
  }

  private static String text(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
