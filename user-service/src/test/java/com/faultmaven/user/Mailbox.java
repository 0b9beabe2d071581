package com.faultmaven.user;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The mails that the service under test has written, as their recipients read them. */
public final class Mailbox {
  private static final String PROPERTY = "faultmaven.test.mailbox";
  private static final Pattern TOKEN =
      Pattern.compile("^ {2}(?:\\S*=)?(\\S{43})$", Pattern.MULTILINE);

  private Mailbox() {}

  /** Where they are: one directory for all test classes of this JVM. */
  static Path directory() {
    // A system property, not a field: Quarkus loads test classes with several class loaders.
    synchronized (System.getProperties()) {
      String known = System.getProperty(PROPERTY);
      if (known != null) {
        return Path.of(known);
      }
      try {
        Path made = Files.createTempDirectory("faultmaven-mail-");
        System.setProperty(PROPERTY, made.toString());
        return made;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** All mails to an address, oldest first. */
  public static List<String> of(String email) {
    try (Stream<Path> files = Files.list(directory())) {
      return files
          .filter(file -> file.toString().endsWith(".eml"))
          .sorted()
          .map(Mailbox::read)
          .filter(mail -> mail.contains("\nTo: " + email + "\n"))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits until there are so many mails to an address with this in their subject. */
  public static List<String> await(String email, String subject, int count) {
    return org.awaitility.Awaitility.await()
        .atMost(Duration.ofSeconds(20))
        .until(
            () -> of(email).stream().filter(mail -> subjectOf(mail).contains(subject)).toList(),
            mails -> mails.size() >= count);
  }

  /** Waits for a mail and gives the token in the newest one. */
  public static String token(String email, String subject, int count) {
    return token(await(email, subject, count).getLast());
  }

  /** The token in a mail. */
  public static String token(String mail) {
    Matcher token = TOKEN.matcher(mail);
    if (!token.find()) {
      throw new AssertionError("no token in " + mail);
    }
    return token.group(1);
  }

  private static String subjectOf(String mail) {
    return mail.lines().filter(line -> line.startsWith("Subject: ")).findFirst().orElse("");
  }

  private static String read(Path file) {
    try {
      return Files.readString(file, UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
