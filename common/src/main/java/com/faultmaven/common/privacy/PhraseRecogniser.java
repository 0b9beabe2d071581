package com.faultmaven.common.privacy;

import java.util.Arrays;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Passwords without a separator: in SQL, redis.conf, Dockerfile, .netrc and in sentences. */
final class PhraseRecogniser implements Recogniser {
  private static final Pattern QUOTED =
      Pattern.compile(
          "(?i)(?<![a-z])(?:identified {1,4}by|password) {1,4}(?:'([^'\\n]{1,200})'|\"([^\"\\n]{1,200})\")");

  private static final Pattern DIRECTIVE =
      Pattern.compile(
          "(?m)^[ \\t]{0,20}(?:requirepass|masterauth"
              + "|(?:ENV|ARG)[ \\t]{1,4}\\w{0,60}(?:PASSWORD|PASSWD|SECRET|TOKEN|API_KEY|ACCESS_KEY)"
              + "|machine[ \\t]{1,4}\\S{1,80}[ \\t]{1,4}login[ \\t]{1,4}\\S{1,80}[ \\t]{1,4}password)"
              + "[ \\t]{1,4}[\"']?([^\\s\"']{1,200})");

  private static final Pattern SENTENCE =
      Pattern.compile(
          "(?i)(?<![a-z])(?:password|passwd|passphrase|pwd) {1,3}(?:is|was|to) {1,3}[\"']?([^\\s\"']{4,200})");

  @Override
  public void find(String text, Consumer<Finding> found) {
    if (containsAny(text, "assw", "ASSW", "wd ", "WD ", "assphrase", "dentified", "DENTIFIED")) {
      find(QUOTED.matcher(text), found, false);
      find(SENTENCE.matcher(text), found, true);
    }
    if (containsAny(text, "requirepass", "masterauth", "ENV", "ARG", "machine")) {
      find(DIRECTIVE.matcher(text), found, false);
    }
  }

  /** Most texts have none of the words; to see that takes far less than the search itself. */
  private static boolean containsAny(String text, String... words) {
    return Arrays.stream(words).anyMatch(text::contains);
  }

  private static void find(Matcher phrase, Consumer<Finding> found, boolean sentence) {
    while (phrase.find()) {
      int group = phrase.group(1) != null ? 1 : 2;
      String value = phrase.group(group);
      if (value != null && Secrets.isValue(value) && (!sentence || isNoWord(value))) {
        found.accept(new Finding(phrase.start(group), phrase.end(group), FindingType.PASSWORD));
      }
    }
  }

  /** "the password is wrong" tells nothing; "the password is hunter2" does. */
  private static boolean isNoWord(String value) {
    return !Tags.isTag(value.replaceAll("[.,;!]$", ""))
        && value
            .chars()
            .anyMatch(c -> Characters.isDigit((char) c) || "$#@!%^&*+=_".indexOf(c) >= 0);
  }
}
