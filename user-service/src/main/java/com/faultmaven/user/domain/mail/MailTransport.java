package com.faultmaven.user.domain.mail;

import io.smallrye.mutiny.Uni;

/** Takes mails away: a mail server, or a directory of the local stack. */
@FunctionalInterface
public interface MailTransport {
  /** Delivers one mail; fails when it was not taken and may be tried again. */
  Uni<Void> deliver(Mail mail);
}
