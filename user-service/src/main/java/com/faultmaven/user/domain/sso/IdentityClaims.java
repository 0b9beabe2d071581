package com.faultmaven.user.domain.sso;

import com.faultmaven.user.domain.AccountNames;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jose4j.jwt.JwtClaims;

/** Reads who somebody is from the claims of a verified ID token (OpenID Connect Core, 5.1). */
final class IdentityClaims {
  /**
   * Values of {@code amr} that stand for more than a password (RFC 8176; ngcmfa is Microsoft's).
   */
  private static final Set<String> SECOND_FACTORS = Set.of("mfa", "otp", "hwk", "sc", "ngcmfa");

  private static final Pattern EMAIL = Pattern.compile(AccountNames.EMAIL);
  private static final int MAX_NAME = 200;

  private IdentityClaims() {}

  static SsoIdentity read(SsoProvider provider, String subject, JwtClaims claims) {
    return new SsoIdentity(
        provider.name(),
        subject,
        verifiedEmail(provider, claims),
        text(claims, "preferred_username"),
        text(claims, "name").flatMap(IdentityClaims::line),
        hasSecondFactor(claims));
  }

  private static Optional<String> verifiedEmail(SsoProvider provider, JwtClaims claims) {
    Object verified = claims.getClaimValue("email_verified");
    // Some write it as text. What is said counts before what is trusted.
    boolean counts =
        verified == null ? provider.trustEmail() : "true".equals(String.valueOf(verified));
    return counts
        ? text(claims, "email").filter(email -> EMAIL.matcher(email).matches())
        : Optional.empty();
  }

  private static boolean hasSecondFactor(JwtClaims claims) {
    return claims.getClaimValue("amr") instanceof Collection<?> methods
        && methods.stream()
            .anyMatch(method -> method instanceof String s && SECOND_FACTORS.contains(s));
  }

  private static Optional<String> line(String name) {
    String line = name.replaceAll("[\\p{Cc}\\p{Cs}]", " ").strip();
    String shortened =
        line.codePointCount(0, line.length()) <= MAX_NAME
            ? line
            : line.substring(0, line.offsetByCodePoints(0, MAX_NAME));
    return shortened.isBlank() ? Optional.empty() : Optional.of(shortened);
  }

  private static Optional<String> text(JwtClaims claims, String name) {
    return claims.getClaimValue(name) instanceof String text && !text.isBlank()
        ? Optional.of(text)
        : Optional.empty();
  }
}
