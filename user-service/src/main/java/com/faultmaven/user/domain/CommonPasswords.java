package com.faultmaven.user.domain;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The passwords that everybody tries first (decisions, section 7), and what people make of them:
 * other case, digits and signs for letters, a year or a few signs at the end.
 */
@Singleton
public final class CommonPasswords {
  private static final String LIST = "/passwords/common.txt";
  private static final int LONGEST_TAIL = 6;
  private static final int SHORTEST_STEM = 4;

  private final Set<String> forms = new HashSet<>();

  /** Reads the list that ships with the service. */
  @Inject
  public CommonPasswords() {
    try (InputStream in = CommonPasswords.class.getResourceAsStream(LIST)) {
      if (in == null) {
        throw new IllegalStateException(LIST + " is missing");
      }
      new BufferedReader(new InputStreamReader(in, UTF_8))
          .lines()
          .map(String::strip)
          .filter(line -> !line.isEmpty() && !line.startsWith("#"))
          .flatMap(CommonPasswords::forms)
          .forEach(forms::add);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether the password is on the list, or is a usual variation of one that is. */
  public boolean contains(String password) {
    return forms(password).anyMatch(forms::contains);
  }

  private static Stream<String> forms(String password) {
    String lower = password.toLowerCase(Locale.ROOT);
    String stem = withoutTail(lower);
    return Stream.of(lower, letters(lower), letters(stem)).distinct();
  }

  /** Without up to six digits and signs at the end, as in {@code password2026!}. */
  private static String withoutTail(String text) {
    int end = text.length();
    while (end > 0 && !Character.isLetter(text.charAt(end - 1))) {
      end--;
    }
    boolean usual = end >= SHORTEST_STEM && text.length() - end <= LONGEST_TAIL;
    return usual ? text.substring(0, end) : text;
  }

  /** With letters for the digits and signs that stand for them, as in {@code p@ssw0rd}. */
  private static String letters(String text) {
    StringBuilder letters = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      letters.append(
          switch (c) {
            case '@', '4' -> 'a';
            case '3' -> 'e';
            case '1', '!' -> 'i';
            case '0' -> 'o';
            case '$', '5' -> 's';
            case '7' -> 't';
            default -> c;
          });
    }
    return letters.toString();
  }
}
