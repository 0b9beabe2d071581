package com.faultmaven.user.domain.sso;

import com.faultmaven.common.model.WireName;
import com.faultmaven.common.web.Problem;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Why nobody is signed in: the whole vocabulary of answers and audit rows. What a provider or a
 * browser has written is looked up here and never repeated.
 */
public enum SsoRefusal implements WireName {
  /** The state is unknown, used, expired, of another provider, or of another browser. */
  STATE_INVALID(Kind.STATE),

  // What providers say (RFC 6749, 4.1.2.1 and 5.2; OpenID Connect Core, 3.1.2.6).
  ACCESS_DENIED(Kind.PROVIDER),
  ACCOUNT_SELECTION_REQUIRED(Kind.PROVIDER),
  CONSENT_REQUIRED(Kind.PROVIDER),
  INTERACTION_REQUIRED(Kind.PROVIDER),
  INVALID_CLIENT(Kind.PROVIDER),
  INVALID_GRANT(Kind.PROVIDER),
  INVALID_REQUEST(Kind.PROVIDER),
  INVALID_SCOPE(Kind.PROVIDER),
  LOGIN_REQUIRED(Kind.PROVIDER),
  SERVER_ERROR(Kind.PROVIDER),
  TEMPORARILY_UNAVAILABLE(Kind.PROVIDER),
  UNAUTHORIZED_CLIENT(Kind.PROVIDER),
  UNSUPPORTED_GRANT_TYPE(Kind.PROVIDER),
  UNSUPPORTED_RESPONSE_TYPE(Kind.PROVIDER),
  OTHER_ERROR(Kind.PROVIDER),

  // What is wrong with the ID token (OpenID Connect Core, 3.1.3.7).
  ID_TOKEN_MISSING(Kind.TOKEN),
  ID_TOKEN_MALFORMED(Kind.TOKEN),
  ID_TOKEN_ALGORITHM(Kind.TOKEN),
  ID_TOKEN_KEY_UNKNOWN(Kind.TOKEN),
  ID_TOKEN_SIGNATURE(Kind.TOKEN),
  ID_TOKEN_ISSUER(Kind.TOKEN),
  ID_TOKEN_AUDIENCE(Kind.TOKEN),
  ID_TOKEN_TIME(Kind.TOKEN),
  ID_TOKEN_NONCE(Kind.TOKEN),
  ID_TOKEN_SUBJECT(Kind.TOKEN),

  /** The provider does not vouch for an address. */
  EMAIL_UNVERIFIED(Kind.EMAIL),
  /** The account of this address belongs to another identity. */
  LINKED_ELSEWHERE(Kind.LINKED),
  /** The account is deactivated or deleted. */
  DEACTIVATED(Kind.DEACTIVATED);

  /** What a refusal is answered with. */
  private enum Kind {
    STATE,
    PROVIDER,
    TOKEN,
    EMAIL,
    LINKED,
    DEACTIVATED
  }

  private static final Map<String, SsoRefusal> ERRORS =
      Stream.of(values())
          .filter(refusal -> refusal.kind == Kind.PROVIDER && !refusal.name().startsWith("OTHER"))
          .collect(
              Collectors.toUnmodifiableMap(
                  refusal -> refusal.name().toLowerCase(Locale.ROOT), refusal -> refusal));

  private final Kind kind;

  SsoRefusal(Kind kind) {
    this.kind = kind;
  }

  /** The word for a provider's {@code error}; {@link #OTHER_ERROR} for what no standard names. */
  public static SsoRefusal ofError(@Nullable String error) {
    return error == null ? OTHER_ERROR : ERRORS.getOrDefault(error, OTHER_ERROR);
  }

  /** The answer. */
  Problem problem() {
    return switch (kind) {
      case STATE ->
          Problem.of(
              400,
              "sso-state-invalid",
              "This log-in was not started in this browser, has been used, or took too long;"
                  + " start again.");
      case PROVIDER ->
          Problem.of(401, "sso-refused", "The provider has refused the log-in: " + wireName() + ".")
              .with("reason", wireName());
      case TOKEN ->
          Problem.of(
                  401,
                  "sso-refused",
                  "What the provider has sent does not prove who you are: " + wireName() + ".")
              .with("reason", wireName());
      case EMAIL ->
          Problem.of(
              403,
              "sso-email-unverified",
              "The provider does not confirm your e-mail address; verify it there first.");
      case LINKED ->
          Problem.conflict(
              "sso-linked-elsewhere",
              "The account with this address is linked to another identity; sign in with that.");
      case DEACTIVATED ->
          Problem.of(403, "account-deactivated", "This account is deactivated; ask an admin.");
    };
  }
}
