package com.faultmaven.user.storage;

import com.faultmaven.user.domain.mail.MailSettings;
import com.faultmaven.user.domain.mail.MailTransport;
import io.quarkus.mailer.reactive.ReactiveMailer;
import io.vertx.mutiny.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import java.nio.file.Path;
import java.time.Clock;

/** Chooses by the settings where mails go. */
@ApplicationScoped
public class MailTransports {
  /** A directory when one is set, else the mail server. */
  @Produces
  @ApplicationScoped
  MailTransport transport(MailSettings settings, ReactiveMailer mailer, Vertx vertx, Clock clock) {
    return settings
        .directory()
        .<MailTransport>map(
            directory -> new MailDirectory(vertx, Path.of(directory), settings.from(), clock))
        .orElseGet(() -> new SmtpMailTransport(mailer, settings));
  }
}
