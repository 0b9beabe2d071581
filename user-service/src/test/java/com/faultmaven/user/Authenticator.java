package com.faultmaven.user;

import com.faultmaven.user.TestAccount.Tokens;
import com.faultmaven.user.domain.factor.Totp;
import io.restassured.response.Response;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.bouncycastle.util.encoders.Base32;

/**
 * An authenticator application. Each code counts once, so it gives those of the step before, of now
 * and of the step after, in this order.
 */
public final class Authenticator {
  private final Tokens tokens;
  private final byte[] secret;
  private final String uri;
  private List<String> recoveryCodes = List.of();
  private long lastStep;

  private Authenticator(Tokens tokens, byte[] secret, String uri) {
    this.tokens = tokens;
    this.secret = secret.clone();
    this.uri = uri;
    lastStep = Totp.step(Instant.now()) - 2;
  }

  /** Gets a secret, which is not confirmed. */
  public static Authenticator propose(Tokens tokens) {
    Response answer =
        tokens
            .given(Map.of("password", TestAccount.PASSWORD))
            .post("/api/v1/auth/second-factor/totp");
    answer.then().statusCode(200);
    String secret = answer.path("secret");
    return new Authenticator(tokens, Base32.decode(secret), answer.path("otpauth_uri"));
  }

  /** Enrols an account. */
  public static Authenticator enrol(TestAccount account) {
    Authenticator authenticator = propose(account.login());
    Response answer =
        authenticator
            .tokens
            .given(Map.of("code", authenticator.nextCode()))
            .post("/api/v1/auth/second-factor/totp/confirm");
    answer.then().statusCode(200);
    authenticator.recoveryCodes = answer.path("recovery_codes");
    return authenticator;
  }

  /** A code that is good now and was not given before. */
  public String nextCode() {
    lastStep = Math.max(lastStep + 1, Totp.step(Instant.now()) - 1);
    return Totp.code(secret, lastStep);
  }

  /** A code that is good now and comes after all others. */
  public String futureCode() {
    return Totp.code(secret, Totp.step(Instant.now()) + 1);
  }

  /** A code that is none of the present ones. */
  public String wrongCode() {
    long step = Totp.step(Instant.now());
    for (int number = 0; ; number++) {
      String code = "%06d".formatted(number);
      if (List.of(-2, -1, 0, 1, 2).stream()
          .noneMatch(drift -> code.equals(Totp.code(secret, step + drift)))) {
        return code;
      }
    }
  }

  /** The codes that the confirmation gave. */
  public List<String> recoveryCodes() {
    return recoveryCodes;
  }

  /** Tokens of the log-in that made it. */
  public Tokens tokens() {
    return tokens;
  }

  /** The secret. */
  public byte[] secret() {
    return secret.clone();
  }

  /** What a QR code would hold. */
  public String uri() {
    return uri;
  }
}
