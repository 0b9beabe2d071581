package com.faultmaven.common.privacy;

import java.util.List;
import java.util.function.Consumer;

/** Keys and tokens that their vendors mark with a prefix, wherever they are. */
final class TokenRecogniser implements Recogniser {
  private static final String URL_SAFE = "_-";

  /**
   * One kind of token.
   *
   * @param fewest characters behind the prefix that a token of the kind has at least
   * @param also characters of it beside letters and digits
   * @param digits whether it always has a digit, as words joined by hyphens do not
   */
  private record Kind(FindingType type, String prefix, int fewest, String also, boolean digits) {}

  private static final List<Kind> KINDS =
      List.of(
          kind(FindingType.AWS_ACCESS_KEY, "AKIA", 16, ""),
          kind(FindingType.AWS_ACCESS_KEY, "ASIA", 16, ""),
          kind(FindingType.AWS_ACCESS_KEY, "ABIA", 16, ""),
          kind(FindingType.GCP_KEY, "AIza", 35, URL_SAFE),
          kind(FindingType.GCP_KEY, "ya29.", 20, "_-."),
          kind(FindingType.GCP_KEY, "GOCSPX-", 20, URL_SAFE),
          kind(FindingType.GITHUB_TOKEN, "ghp_", 30, "_"),
          kind(FindingType.GITHUB_TOKEN, "gho_", 30, "_"),
          kind(FindingType.GITHUB_TOKEN, "ghu_", 30, "_"),
          kind(FindingType.GITHUB_TOKEN, "ghs_", 30, "_-."),
          kind(FindingType.GITHUB_TOKEN, "ghr_", 30, "_"),
          kind(FindingType.GITHUB_TOKEN, "github_pat_", 22, "_"),
          kind(FindingType.GITLAB_TOKEN, "glpat-", 20, "_-."),
          kind(FindingType.GITLAB_TOKEN, "gldt-", 20, "_-."),
          kind(FindingType.GITLAB_TOKEN, "glrt-", 20, "_-."),
          kind(FindingType.GITLAB_TOKEN, "glcbt-", 20, "_-."),
          kind(FindingType.GITLAB_TOKEN, "glptt-", 20, "_-."),
          kind(FindingType.GITLAB_TOKEN, "glsoat-", 20, "_-."),
          kind(FindingType.SLACK_TOKEN, "xoxb-", 10, URL_SAFE),
          kind(FindingType.SLACK_TOKEN, "xoxp-", 10, URL_SAFE),
          kind(FindingType.SLACK_TOKEN, "xoxa-", 10, URL_SAFE),
          kind(FindingType.SLACK_TOKEN, "xoxe-", 10, URL_SAFE),
          kind(FindingType.SLACK_TOKEN, "xoxe.", 10, "_-."),
          kind(FindingType.SLACK_TOKEN, "xoxr-", 10, URL_SAFE),
          kind(FindingType.SLACK_TOKEN, "xoxs-", 10, URL_SAFE),
          kind(FindingType.SLACK_TOKEN, "xapp-", 10, URL_SAFE),
          kind(FindingType.SLACK_TOKEN, "hooks.slack.com/services/", 20, "/"),
          kind(FindingType.STRIPE_KEY, "sk_live_", 10, "_"),
          kind(FindingType.STRIPE_KEY, "sk_test_", 10, "_"),
          kind(FindingType.STRIPE_KEY, "rk_live_", 10, "_"),
          kind(FindingType.STRIPE_KEY, "rk_test_", 10, "_"),
          kind(FindingType.STRIPE_KEY, "whsec_", 20, "+/="),
          kind(FindingType.ANTHROPIC_KEY, "sk-ant-", 16, URL_SAFE),
          new Kind(FindingType.OPENAI_KEY, "sk-", 20, URL_SAFE, true),
          kind(FindingType.VENDOR_TOKEN, "npm_", 36, ""),
          kind(FindingType.VENDOR_TOKEN, "pypi-AgE", 40, URL_SAFE),
          kind(FindingType.VENDOR_TOKEN, "hvs.", 24, URL_SAFE),
          kind(FindingType.VENDOR_TOKEN, "dop_v1_", 40, ""),
          kind(FindingType.VENDOR_TOKEN, "hf_", 30, ""),
          kind(FindingType.VENDOR_TOKEN, "SG.", 40, "_-."));

  private static final int AWS_SECRET_LENGTH = 40;
  private static final int AZURE_BEFORE_MARK = 4;
  private static final int AZURE_AFTER_MARK = 31;

  private static Kind kind(FindingType type, String prefix, int fewest, String also) {
    return new Kind(type, prefix, fewest, also, false);
  }

  @Override
  public void find(String text, Consumer<Finding> found) {
    for (Kind kind : KINDS) {
      find(kind, text, found);
    }
    findAzureSecrets(text, found);
  }

  private static void find(Kind kind, String text, Consumer<Finding> found) {
    int start = text.indexOf(kind.prefix());
    while (start >= 0) {
      int body = start + kind.prefix().length();
      int next = body;
      if (!Characters.isWord(Characters.at(text, start - 1))) {
        next = Math.max(body, examine(kind, text, start, body, found));
      }
      start = text.indexOf(kind.prefix(), next);
    }
  }

  /** Where to go on: whatever begins within a body that is no token is none either. */
  private static int examine(Kind kind, String text, int start, int body, Consumer<Finding> found) {
    int end = bodyEnd(text, body, kind.also());
    if (end - body >= kind.fewest() && (!kind.digits() || hasDigit(text, body, end))) {
      found.accept(new Finding(start, end, kind.type()));
      if (kind.type() == FindingType.AWS_ACCESS_KEY) {
        findAwsSecret(text, end, found);
      }
    }
    return end;
  }

  private static int bodyEnd(String text, int from, String also) {
    int end = from;
    while (end < text.length()
        && (Characters.isAlphanumeric(text.charAt(end)) || also.indexOf(text.charAt(end)) >= 0)) {
      end++;
    }
    while (end > from && ".-/".indexOf(text.charAt(end - 1)) >= 0) {
      end--;
    }
    return end;
  }

  private static boolean hasDigit(String text, int from, int to) {
    return text.substring(from, to).chars().anyMatch(c -> Characters.isDigit((char) c));
  }

  /** The secret half that stands right behind an access key, as in a file of credentials. */
  private static void findAwsSecret(String text, int from, Consumer<Finding> found) {
    int start = from;
    while (start < text.length()
        && start - from < 4
        && " ,;:\t\"'".indexOf(text.charAt(start)) >= 0) {
      start++;
    }
    int end = bodyEnd(text, start, "+/");
    if (start > from && end - start == AWS_SECRET_LENGTH) {
      found.accept(new Finding(start, end, FindingType.AWS_SECRET_KEY));
    }
  }

  /** Client secrets of Azure have {@code Q~} behind three characters and a digit. */
  private static void findAzureSecrets(String text, Consumer<Finding> found) {
    int mark = text.indexOf("Q~");
    while (mark >= 0) {
      int start = mark - AZURE_BEFORE_MARK;
      int end = bodyEnd(text, mark + 2, "_~.-");
      if (start >= 0
          && Characters.isDigit(text.charAt(mark - 1))
          && !Characters.isWord(Characters.at(text, start - 1))
          && end - mark - 2 >= AZURE_AFTER_MARK) {
        found.accept(new Finding(start, end, FindingType.AZURE_KEY));
      }
      mark = text.indexOf("Q~", Math.max(end, mark + 2));
    }
  }
}
