package com.faultmaven.common.privacy;

import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Every value under {@code data} and {@code stringData} of a Kubernetes Secret, in YAML or JSON.
 */
final class KubernetesSecretRecogniser implements Recogniser {
  private static final Pattern KIND =
      Pattern.compile(
          "(?m)^[ \\t-]{0,24}\"?kind\"?:[ \\t]{0,4}[\"']?Secret[\"']?[ \\t]{0,4},?\\r?$");
  private static final Pattern DATA =
      Pattern.compile(
          "(?m)^([ \\t]{0,24})\"?(?:data|stringData)\"?:[ \\t]{0,4}\\{?[ \\t]{0,4}\\r?$");
  private static final Pattern ENTRY =
      Pattern.compile("([ \\t]{1,60}+)(\"?)[\\w.-]{1,253}+\\2:[ \\t]{1,4}+");
  private static final String DOCUMENT_BREAK = "\n---";

  @Override
  public void find(String text, Consumer<Finding> found) {
    Matcher kind = KIND.matcher(text);
    int from = 0;
    while (kind.find(from)) {
      int before = text.lastIndexOf(DOCUMENT_BREAK, kind.start());
      int start = Math.max(from, before);
      int after = text.indexOf(DOCUMENT_BREAK, kind.end());
      int end = after < 0 ? text.length() : after;
      findData(text, start, end, found);
      if (end >= text.length()) {
        return;
      }
      from = end;
    }
  }

  private static void findData(String text, int start, int end, Consumer<Finding> found) {
    Matcher data = DATA.matcher(text).region(start, end);
    while (data.find()) {
      int line = data.end();
      while (line < end) {
        line = entry(text, line + 1, data.group(1).length(), found);
      }
    }
  }

  /** Reports the value of one entry; gives where its lines end, or a number beyond the text. */
  private static int entry(String text, int lineStart, int indent, Consumer<Finding> found) {
    Matcher entry = ENTRY.matcher(text).region(Math.min(lineStart, text.length()), text.length());
    int lineEnd = Characters.lineEnd(text, Math.min(lineStart, text.length()));
    boolean blank = text.substring(Math.min(lineStart, lineEnd), lineEnd).isBlank();
    if (blank) {
      return lineEnd >= text.length() ? Integer.MAX_VALUE : lineEnd;
    }
    if (!entry.lookingAt() || entry.group(1).length() <= indent) {
      return Integer.MAX_VALUE;
    }
    Value value = new ValueReader(text).read(entry.end(), true, entry.group(1).length());
    if (value == null) {
      return lineEnd;
    }
    if (Secrets.isValue(value.text())) {
      found.accept(new Finding(value.start(), value.end(), FindingType.SECRET));
    }
    return Characters.lineEnd(text, value.next());
  }
}
