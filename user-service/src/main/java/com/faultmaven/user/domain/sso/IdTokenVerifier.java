package com.faultmaven.user.domain.sso;

import com.faultmaven.common.web.Problem;
import com.faultmaven.user.domain.BoundedWorkers;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.security.Key;
import java.time.Clock;
import java.util.Map;
import java.util.Set;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.NumericDate;
import org.jose4j.jwt.consumer.ErrorCodes;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.lang.JoseException;
import org.jspecify.annotations.Nullable;

/**
 * Verifies ID tokens (OpenID Connect Core, section 3.1.3.7). Only signatures with a provider's
 * public key are taken; they are checked on workers of their own.
 */
@ApplicationScoped
public class IdTokenVerifier {
  private static final Set<String> ALGORITHMS =
      Set.of(
          AlgorithmIdentifiers.RSA_USING_SHA256,
          AlgorithmIdentifiers.RSA_PSS_USING_SHA256,
          AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256);
  private static final int PARTS = 3;
  private static final int MAX_KEY_ID = 255;
  private static final int MAX_SUBJECT = 255;
  private static final int SKEW_SECONDS = 60;

  private static final Map<Integer, SsoRefusal> REFUSALS =
      Map.of(
          ErrorCodes.ISSUER_MISSING, SsoRefusal.ID_TOKEN_ISSUER,
          ErrorCodes.ISSUER_INVALID, SsoRefusal.ID_TOKEN_ISSUER,
          ErrorCodes.AUDIENCE_MISSING, SsoRefusal.ID_TOKEN_AUDIENCE,
          ErrorCodes.AUDIENCE_INVALID, SsoRefusal.ID_TOKEN_AUDIENCE,
          ErrorCodes.EXPIRED, SsoRefusal.ID_TOKEN_TIME,
          ErrorCodes.NOT_YET_VALID, SsoRefusal.ID_TOKEN_TIME,
          ErrorCodes.ISSUED_AT_INVALID_FUTURE, SsoRefusal.ID_TOKEN_TIME,
          ErrorCodes.ISSUED_AT_INVALID_PAST, SsoRefusal.ID_TOKEN_TIME,
          ErrorCodes.SUBJECT_MISSING, SsoRefusal.ID_TOKEN_SUBJECT,
          ErrorCodes.SIGNATURE_INVALID, SsoRefusal.ID_TOKEN_SIGNATURE);

  private final ProviderDirectory directory;
  private final SsoSettings settings;
  private final Clock clock;
  private final BoundedWorkers workers;

  /** Makes the workers. */
  @Inject
  public IdTokenVerifier(
      ProviderDirectory directory, SsoSettings settings, Clock clock, MeterRegistry metrics) {
    this.directory = directory;
    this.settings = settings;
    this.clock = clock;
    workers =
        new BoundedWorkers(
            "id-token",
            settings.workers(),
            settings.queue(),
            () ->
                Problem.unavailable(
                    "sso-busy",
                    "Too many log-ins at once; try again in a moment.",
                    settings.retryAfter()),
            metrics,
            "faultmaven.sso.signatures");
  }

  /**
   * Verifies a token.
   *
   * @param login the log-in that it is for
   * @return who it is about; fails with {@link SsoRefusedException} when it proves nothing, {@link
   *     ProviderUnavailableException} when the keys cannot be fetched, {@link Problem} 503 {@code
   *     sso-busy}
   */
  public Uni<SsoIdentity> verify(SsoProvider provider, String idToken, SsoLogin login) {
    return Uni.createFrom()
        .deferred(
            () -> {
              Header header = header(idToken);
              return directory
                  .key(provider, header.keyId(), header.algorithm())
                  .map(key -> key.orElseThrow(() -> refused(SsoRefusal.ID_TOKEN_KEY_UNKNOWN)));
            })
        .flatMap(key -> workers.run(() -> verify(provider, idToken, login, key)));
  }

  @PreDestroy
  void close() {
    workers.close();
  }

  private record Header(String algorithm, @Nullable String keyId) {}

  /** Reads the part that says how to verify the rest; nothing of it is believed. */
  private static Header header(String idToken) {
    // Three parts: signed. Five would be encrypted, which we never ask for.
    if (idToken.split("\\.", -1).length != PARTS) {
      throw refused(SsoRefusal.ID_TOKEN_MALFORMED);
    }
    JsonWebSignature signature = new JsonWebSignature();
    try {
      signature.setCompactSerialization(idToken);
    } catch (JoseException e) {
      throw refused(SsoRefusal.ID_TOKEN_MALFORMED);
    }
    String algorithm = text(signature.getObjectHeader("alg"));
    if (algorithm == null || !ALGORITHMS.contains(algorithm)) {
      throw refused(SsoRefusal.ID_TOKEN_ALGORITHM);
    }
    Object named = signature.getObjectHeader("kid");
    String keyId = text(named);
    // One may be missing, where the provider has a single key.
    if (named != null && (keyId == null || keyId.length() > MAX_KEY_ID)) {
      throw refused(SsoRefusal.ID_TOKEN_KEY_UNKNOWN);
    }
    return new Header(algorithm, keyId);
  }

  private SsoIdentity verify(SsoProvider provider, String idToken, SsoLogin login, Key key) {
    try {
      JwtClaims claims =
          new JwtConsumerBuilder()
              .setJwsAlgorithmConstraints(ConstraintType.PERMIT, ALGORITHMS.toArray(String[]::new))
              .setVerificationKey(key)
              .setExpectedIssuer(provider.issuer())
              .setExpectedAudience(provider.clientId())
              .setRequireExpirationTime()
              .setRequireIssuedAt()
              // Made for this log-in: not before it was started.
              .setIssuedAtRestrictions(0, (int) settings.stateLifetime().toSeconds())
              .setRequireSubject()
              .setAllowedClockSkewInSeconds(SKEW_SECONDS)
              .setEvaluationTime(NumericDate.fromMilliseconds(clock.millis()))
              .build()
              .processToClaims(idToken);
      checkParty(claims, provider);
      checkNonce(claims, login);
      return IdentityClaims.read(provider, subject(claims), claims);
    } catch (InvalidJwtException e) {
      throw refused(refusalFor(e));
    } catch (MalformedClaimException e) {
      throw refused(SsoRefusal.ID_TOKEN_MALFORMED);
    }
  }

  /** With several audiences the token must have been made for us. */
  private static void checkParty(JwtClaims claims, SsoProvider provider)
      throws MalformedClaimException {
    Object party = claims.getClaimValue("azp");
    boolean needed = claims.getAudience().size() > 1;
    if (party == null ? needed : !provider.clientId().equals(party)) {
      throw refused(SsoRefusal.ID_TOKEN_AUDIENCE);
    }
  }

  private static void checkNonce(JwtClaims claims, SsoLogin login) {
    String nonce = text(claims.getClaimValue("nonce"));
    if (nonce == null || !login.nonce().matches(nonce)) {
      throw refused(SsoRefusal.ID_TOKEN_NONCE);
    }
  }

  private static String subject(JwtClaims claims) throws MalformedClaimException {
    String subject = claims.getSubject();
    boolean storable = subject.codePoints().noneMatch(IdTokenVerifier::isUnstorable);
    if (subject.isBlank() || subject.length() > MAX_SUBJECT || !storable) {
      throw refused(SsoRefusal.ID_TOKEN_SUBJECT);
    }
    return subject;
  }

  private static boolean isUnstorable(int character) {
    return Character.isISOControl(character) || Character.getType(character) == Character.SURROGATE;
  }

  private static SsoRefusal refusalFor(InvalidJwtException failure) {
    return failure.getErrorDetails().stream()
        .map(error -> REFUSALS.get(error.getErrorCode()))
        .filter(refusal -> refusal != null)
        .findFirst()
        .orElse(SsoRefusal.ID_TOKEN_MALFORMED);
  }

  private static @Nullable String text(@Nullable Object value) {
    return value instanceof String string ? string : null;
  }

  private static SsoRefusedException refused(SsoRefusal refusal) {
    return new SsoRefusedException(refusal);
  }
}
