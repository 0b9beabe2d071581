package com.faultmaven.common.privacy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The tags of one file: {@code [REDACTED:email:2]} is the second different e-mail address of it. A
 * value has the same tag wherever it is found; tags that a text brings along keep their numbers.
 */
final class Tags {
  private static final Pattern TAG = Pattern.compile("\\[REDACTED:([a-z0-9-]{1,32}):(\\d{1,8})]");

  private final Map<String, String> tagOfValue = new HashMap<>();
  private final Map<String, Integer> lastNumber = new HashMap<>();

  /** Whether that is one tag and nothing else. */
  static boolean isTag(String text) {
    return TAG.matcher(text).matches();
  }

  /** The tags in a text, in order, as start and end. */
  static List<int[]> positions(String text) {
    List<int[]> positions = new ArrayList<>();
    Matcher tag = TAG.matcher(text);
    while (tag.find()) {
      positions.add(new int[] {tag.start(), tag.end()});
    }
    return positions;
  }

  /** Leaves out the numbers that a text has already. */
  void reserve(String text) {
    Matcher tag = TAG.matcher(text);
    while (tag.find()) {
      lastNumber.merge(tag.group(1), Integer.valueOf(tag.group(2)), Math::max);
    }
  }

  /** The tag of a value: its first one, or a new one of that type. */
  String of(String value, FindingType type) {
    return tagOfValue.computeIfAbsent(
        value,
        ignored -> {
          String label = type.label();
          return "[REDACTED:" + label + ":" + lastNumber.merge(label, 1, Integer::sum) + "]";
        });
  }
}
