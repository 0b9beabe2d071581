package com.faultmaven.user.storage;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.faultmaven.user.domain.mail.Mail;
import com.faultmaven.user.domain.mail.MailTransport;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.core.buffer.Buffer;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.Locale;

/**
 * Writes mails as files that a mail program opens, one each, readable by their owner alone: for the
 * local stack, where nobody has a mail server. A file appears whole or not at all.
 */
final class MailDirectory implements MailTransport {
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.RFC_1123_DATE_TIME.withZone(ZoneOffset.UTC).withLocale(Locale.ROOT);

  private final Vertx vertx;
  private final Path directory;
  private final String from;
  private final Clock clock;

  MailDirectory(Vertx vertx, Path directory, String from, Clock clock) {
    this.vertx = vertx;
    this.directory = directory;
    this.from = from;
    this.clock = clock;
  }

  @Override
  public Uni<Void> deliver(Mail mail) {
    String target = directory.resolve(mail.mailId() + ".eml").toString();
    String partial = directory.resolve("." + mail.mailId() + ".part").toString();
    return vertx
        .fileSystem()
        .mkdirs(directory.toString(), "rwx------")
        .flatMap(made -> vertx.fileSystem().exists(partial))
        // Left by a process that died while it wrote.
        .flatMap(left -> left ? vertx.fileSystem().delete(partial) : Uni.createFrom().voidItem())
        .flatMap(gone -> vertx.fileSystem().createFile(partial, "rw-------"))
        .flatMap(made -> vertx.fileSystem().writeFile(partial, Buffer.buffer(text(mail))))
        .flatMap(
            written ->
                vertx
                    .fileSystem()
                    .move(
                        partial,
                        target,
                        new io.vertx.core.file.CopyOptions()
                            .setReplaceExisting(true)
                            .setAtomicMove(true)));
  }

  private String text(Mail mail) {
    return """
        From: %s
        To: %s
        Subject: %s
        Date: %s
        Message-ID: <%s@faultmaven>
        MIME-Version: 1.0
        Content-Type: text/plain; charset=utf-8
        Content-Transfer-Encoding: 8bit

        %s"""
        .formatted(
            from,
            mail.recipient(),
            header(mail.subject()),
            DATE.format(clock.instant()),
            mail.mailId(),
            mail.text());
  }

  /** As RFC 2047 wants it when it is more than ASCII. */
  private static String header(String value) {
    return value.chars().allMatch(c -> c >= ' ' && c < 127)
        ? value
        : "=?utf-8?B?" + Base64.getEncoder().encodeToString(value.getBytes(UTF_8)) + "?=";
  }
}
