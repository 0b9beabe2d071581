package com.faultmaven.user.domain.mail;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/** Mails to the owners of accounts; the keys begin with {@code faultmaven.mail}. */
@ConfigMapping(prefix = "faultmaven.mail")
public interface MailSettings {
  /** Directory that mails are written to as files, instead of sending them. */
  Optional<String> directory();

  /** Sender's address. */
  @WithDefault("faultmaven@localhost")
  String from();

  /** Address of the page that confirms an address; <code>{token}</code> stands for the token. */
  Optional<String> verificationUrl();

  /** Address of the page that sets a new password; <code>{token}</code> stands for the token. */
  Optional<String> resetUrl();

  /** How often the queue is looked at without being asked. */
  @WithDefault("PT5S")
  Duration pollInterval();

  /** Most mails that one replica delivers at once. */
  @WithDefault("8")
  int batchSize();

  /** How long the mail server may take for one mail. */
  @WithDefault("PT30S")
  Duration deliveryTimeout();

  /** Pause after the first failed attempt; each further one doubles it. */
  @WithDefault("PT10S")
  Duration firstPause();

  /** Longest pause between two attempts. */
  @WithDefault("PT15M")
  Duration longestPause();

  /** Attempts after which a mail is given up. */
  @WithDefault("12")
  int attempts();
}
