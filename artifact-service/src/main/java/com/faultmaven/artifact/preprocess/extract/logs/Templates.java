package com.faultmaven.artifact.preprocess.extract.logs;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Groups messages that differ only in their parameters, after Drain (He et al., ICWS 2017): by the
 * number of tokens, then the first tokens, then similarity. Keeps at most so many templates; what
 * comes after falls under {@link #OTHER}.
 */
final class Templates {
  /** Template of messages that came when no further template could be kept. */
  static final int OTHER = 0;

  private static final String ANY = "<*>";
  private static final double SIMILAR = 0.5;
  // Of few tokens, one more that differs is another message.
  private static final int SHORT = 6;
  private static final double SIMILAR_SHORT = 0.6;
  private static final int MAX_LEAF = 100;
  private static final int MAX_TOKENS = 60;
  private static final int MAX_REMEMBERED = 5_000;

  private final int limit;
  private final List<Group> groups = new ArrayList<>();
  private final Map<String, List<Group>> leaves = new HashMap<>();
  private final Map<String, Integer> remembered = new HashMap<>();

  Templates(int limit) {
    this.limit = limit;
    groups.add(new Group(OTHER, new String[] {"(other messages)"}));
  }

  /** Counts a message, and gives the number of its template. */
  int add(String message) {
    String[] tokens = mask(message);
    String masked = String.join(" ", tokens);
    Integer known = remembered.get(masked);
    if (known != null) {
      groups.get(known).count++;
      return known;
    }
    int number = place(tokens);
    groups.get(number).count++;
    if (remembered.size() < MAX_REMEMBERED) {
      remembered.put(masked, number);
    }
    return number;
  }

  /** How many templates there are, {@link #OTHER} included. */
  int size() {
    return groups.size();
  }

  /** How many messages a template stands for. */
  int count(int number) {
    return groups.get(number).count;
  }

  /** A template's text, with {@code <*>} for what varies. */
  String text(int number) {
    return String.join(" ", groups.get(number).tokens);
  }

  private int place(String[] tokens) {
    List<Group> leaf = leaves.computeIfAbsent(key(tokens), key -> new ArrayList<>());
    Group best = null;
    double bestScore = tokens.length <= SHORT ? SIMILAR_SHORT : SIMILAR;
    for (Group group : leaf) {
      double score = group.similarity(tokens);
      if (score >= bestScore) {
        best = group;
        bestScore = score;
      }
    }
    if (best != null) {
      best.merge(tokens);
      return best.number;
    }
    if (groups.size() > limit || leaf.size() >= MAX_LEAF) {
      return OTHER;
    }
    Group group = new Group(groups.size(), tokens);
    groups.add(group);
    leaf.add(group);
    return group.number;
  }

  private static String key(String[] tokens) {
    StringBuilder key = new StringBuilder().append(tokens.length);
    for (int i = 0; i < Math.min(2, tokens.length); i++) {
      key.append(' ').append(tokens[i]);
    }
    return key.toString();
  }

  private static String[] mask(String message) {
    String[] tokens = message.strip().split("\\s+", MAX_TOKENS + 1);
    int length = Math.min(tokens.length, MAX_TOKENS);
    String[] masked = new String[length];
    for (int i = 0; i < length; i++) {
      masked[i] = mask(tokens[i], 0, tokens[i].length());
    }
    return masked;
  }

  // Numbers vary, addresses and identifiers vary; a digit in a name such as jk2 does not.
  private static String mask(String token, int from, int to) {
    int equals = token.indexOf('=', from);
    if (equals > from && equals < to - 1) {
      return token.substring(from, equals + 1) + mask(token, equals + 1, to);
    }
    int digits = 0;
    int runs = 0;
    int first = -1;
    boolean inRun = false;
    for (int i = from; i < to; i++) {
      boolean digit = Character.isDigit(token.charAt(i));
      if (digit) {
        digits++;
        if (!inRun) {
          runs++;
          first = first < 0 ? i : first;
        }
      }
      inRun = digit;
    }
    if (digits == 0) {
      return token.substring(from, to);
    }
    boolean inName =
        runs == 1 && digits <= 2 && first > from && Character.isLetter(token.charAt(first - 1));
    if (inName) {
      return token.substring(from, to);
    }
    return around(token, from, to, first, runs);
  }

  // Keeps the words around a single number: pid=[7], blk_42, 12ms.
  private static String around(String token, int from, int to, int first, int runs) {
    int start = from;
    if (runs <= 2) {
      while (start < first && !isHexDigit(token.charAt(start))) {
        start++;
      }
      start = start == first || isSeparator(token.charAt(first - 1)) ? first : start;
    } else {
      while (start < to && !Character.isLetterOrDigit(token.charAt(start))) {
        start++;
      }
    }
    int end = to;
    while (end > start && !Character.isLetterOrDigit(token.charAt(end - 1))) {
      end--;
    }
    return token.substring(from, start) + ANY + token.substring(end, to);
  }

  private static boolean isSeparator(char c) {
    return !Character.isLetterOrDigit(c);
  }

  private static boolean isHexDigit(char c) {
    return Character.digit(c, 16) >= 0;
  }

  private static final class Group {
    private final int number;
    private final String[] tokens;
    private int count;

    Group(int number, String[] tokens) {
      this.number = number;
      this.tokens = tokens;
    }

    double similarity(String[] other) {
      if (other.length != tokens.length) {
        return -1;
      }
      int same = 0;
      int varying = 0;
      for (int i = 0; i < tokens.length; i++) {
        same += tokens[i].equals(other[i]) && !tokens[i].equals(ANY) ? 1 : 0;
        varying += tokens[i].equals(ANY) ? 1 : 0;
      }
      return tokens.length == varying ? 1 : (double) same / tokens.length;
    }

    void merge(String[] other) {
      for (int i = 0; i < tokens.length; i++) {
        if (!tokens[i].equals(other[i])) {
          tokens[i] = ANY;
        }
      }
    }
  }
}
