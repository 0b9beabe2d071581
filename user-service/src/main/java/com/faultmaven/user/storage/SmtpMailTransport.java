package com.faultmaven.user.storage;

import com.faultmaven.user.domain.mail.MailSettings;
import com.faultmaven.user.domain.mail.MailTransport;
import io.quarkus.mailer.reactive.ReactiveMailer;
import io.smallrye.mutiny.Uni;

/** Sends mails through the mail server that {@code quarkus.mailer} names. */
final class SmtpMailTransport implements MailTransport {
  private final ReactiveMailer mailer;
  private final MailSettings settings;

  SmtpMailTransport(ReactiveMailer mailer, MailSettings settings) {
    this.mailer = mailer;
    this.settings = settings;
  }

  @Override
  public Uni<Void> deliver(com.faultmaven.user.domain.mail.Mail mail) {
    return mailer.send(
        io.quarkus.mailer.Mail.withText(mail.recipient(), mail.subject(), mail.text())
            .setFrom(settings.from())
            // The same at each attempt: who gets a mail twice can see that it is one.
            .addHeader("Message-ID", "<" + mail.mailId() + "@faultmaven>")
            .addHeader("Auto-Submitted", "auto-generated"));
  }
}
