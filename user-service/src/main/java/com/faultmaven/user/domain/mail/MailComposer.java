package com.faultmaven.user.domain.mail;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.faultmaven.common.security.AtRestEncryption;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Base64;
import java.util.Optional;

/** Writes what mails say, and seals the tokens that they carry until they are written. */
@ApplicationScoped
public class MailComposer {
  private final MailSettings settings;
  private final AtRestEncryption encryption;

  /** Wires the bean. */
  @Inject
  public MailComposer(MailSettings settings, AtRestEncryption encryption) {
    this.settings = settings;
    this.encryption = encryption;
  }

  /** Seals the token of a mail, so that the queue does not hold what would open an account. */
  public QueuedMail.SealedToken seal(String mailId, String token) {
    byte[] sealed = encryption.encrypt(token.getBytes(UTF_8), sealContext(mailId));
    return new QueuedMail.SealedToken(
        Base64.getEncoder().encodeToString(sealed), encryption.keyId());
  }

  /** Writes the mail. */
  public Mail compose(QueuedMail queued) {
    return switch (queued.kind()) {
      case EMAIL_VERIFICATION ->
          mail(
              queued,
              "Confirm your e-mail address",
              "Somebody, hopefully you, has registered this address with FaultMaven.\n\n"
                  + withToken(
                      "confirm it", open(queued), settings.verificationUrl(), "/auth/email/verify")
                  + "\nIf it was not you, do nothing: without confirmation the address is not"
                  + " trusted.\n");
      case PASSWORD_RESET ->
          mail(
              queued,
              "Set a new password",
              "Somebody, hopefully you, wants a new password for your FaultMaven account.\n\n"
                  + withToken("set it", open(queued), settings.resetUrl(), "/auth/password/reset")
                  + "\nIf it was not you, do nothing: your password stays as it is.\n");
      case PASSWORD_RESET_ELSEWHERE ->
          mail(
              queued,
              "Your account has no password",
              "Somebody, hopefully you, wants a new password for your FaultMaven account. It has"
                  + " none: sign in with your organisation's account, as you did before.\n");
      case PASSWORD_CHANGED ->
          mail(
              queued,
              "Your password was changed",
              "The password of your FaultMaven account was changed just now, and other devices were"
                  + " logged out.\n\nIf it was not you, ask for a new one at once (POST"
                  + " /api/v1/auth/password/forgot) and tell your administrator.\n");
      case SIGN_IN_CHANGED ->
          mail(
              queued,
              "The way you sign in was changed",
              "A second factor, a passkey or another organisation's sign-in was added to your"
                  + " FaultMaven account or removed from it just now.\n\nIf it was not you, set a new"
                  + " password at once (POST /api/v1/auth/password/forgot) and tell your"
                  + " administrator.\n");
    };
  }

  private static Mail mail(QueuedMail queued, String subject, String text) {
    return new Mail(queued.mailId(), queued.recipient(), "FaultMaven: " + subject, text);
  }

  private static String withToken(
      String purpose, String token, Optional<String> page, String endpoint) {
    return page.map(url -> "To " + purpose + ", open\n\n  " + url.replace("{token}", token))
            .orElse(
                "To " + purpose + ", send this token to POST /api/v1" + endpoint + "\n\n  " + token)
        + "\n";
  }

  private String open(QueuedMail queued) {
    QueuedMail.SealedToken token = queued.token();
    if (token == null) {
      throw new IllegalStateException(queued.kind() + " without a token");
    }
    byte[] sealed = Base64.getDecoder().decode(token.sealed());
    return new String(
        encryption.decrypt(sealed, token.keyId(), sealContext(queued.mailId())), UTF_8);
  }

  /** What the sealed token of a mail belongs to. */
  public static String sealContext(String mailId) {
    return "mail " + mailId;
  }
}
