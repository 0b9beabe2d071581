package com.faultmaven.common.privacy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Replaces personal data and secrets in a text by tags (preprocessing, "Redact"), with rules alone:
 * no model, no network.
 *
 * <p>A finding becomes {@code [REDACTED:<type>:<number>]}, for example {@code [REDACTED:email:1]}.
 * The same value has the same tag everywhere in a file, so that a reader can still correlate; other
 * values of the type have other numbers. What is around a value stays: the key of a setting, the
 * user and host of a connection string, the scheme of an {@code Authorization} header.
 *
 * <p>Redacting a redacted text changes nothing. The time grows linearly with the text. Instances
 * are immutable and keep no value; {@link #forFile()} gives tags that several texts of one file
 * share.
 */
public final class Redactor {
  /** A pass finds what the one before it has uncovered; in practice the second finds nothing. */
  private static final int MOST_PASSES = 8;

  private final List<Recogniser> recognisers;

  private Redactor(List<Recogniser> recognisers) {
    this.recognisers = recognisers;
  }

  /** A redactor of that level; {@link RedactionLevel#OFF} leaves every text as it is. */
  public static Redactor of(RedactionLevel level) {
    List<Recogniser> recognisers = new ArrayList<>();
    if (level.compareTo(RedactionLevel.SECRETS) >= 0) {
      recognisers.add(new PrivateKeyRecogniser());
      recognisers.add(new TokenRecogniser());
      recognisers.add(new JwtRecogniser());
      recognisers.add(new ConnectionRecogniser());
      recognisers.add(new AuthorizationRecogniser());
      recognisers.add(new KubernetesSecretRecogniser());
      recognisers.add(new AssignmentRecogniser());
      recognisers.add(new PhraseRecogniser());
    }
    if (level.compareTo(RedactionLevel.STANDARD) >= 0) {
      recognisers.add(new EmailRecogniser());
      recognisers.add(new IbanRecogniser());
      recognisers.add(new CardRecogniser());
      recognisers.add(new SsnRecogniser());
      recognisers.add(new PhoneRecogniser(level == RedactionLevel.STRICT));
    }
    if (level == RedactionLevel.STRICT) {
      recognisers.add(new IpAddressRecogniser());
    }
    return new Redactor(List.copyOf(recognisers));
  }

  /** Redacts a text on its own: numbers of tags begin at 1. */
  public Redaction redact(String text) {
    return forFile().redact(text);
  }

  /**
   * Begins a file of several texts (its content, its summary, its insights): a value has the same
   * tag in all of them. What it gives holds the values that were found, in memory only, so it
   * should not outlive the file's processing; it is not for use by several threads at once.
   */
  public FileRedaction forFile() {
    return new FileRedaction(this);
  }

  Redaction redact(String text, Tags tags) {
    tags.reserve(text);
    Map<String, Integer> counts = new TreeMap<>();
    boolean pii = false;
    boolean secrets = false;
    String current = text;
    for (int pass = 0; pass < MOST_PASSES; pass++) {
      List<Finding> findings = findings(current);
      if (findings.isEmpty()) {
        break;
      }
      for (Finding finding : findings) {
        pii |= !finding.type().isSecret();
        secrets |= finding.type().isSecret();
        counts.merge(finding.type().label(), 1, Integer::sum);
      }
      current = replace(current, findings, tags);
    }
    return new Redaction(current, Collections.unmodifiableMap(counts), pii, secrets);
  }

  private static String replace(String text, List<Finding> findings, Tags tags) {
    StringBuilder redacted = new StringBuilder(text.length());
    int from = 0;
    for (Finding finding : findings) {
      redacted.append(text, from, finding.start());
      redacted.append(tags.of(text.substring(finding.start(), finding.end()), finding.type()));
      from = finding.end();
    }
    return redacted.append(text, from, text.length()).toString();
  }

  /** What every recogniser found, in order and without overlaps. */
  List<Finding> findings(String text) {
    List<Finding> secrets = new ArrayList<>();
    List<Finding> personal = new ArrayList<>();
    for (Recogniser recogniser : recognisers) {
      recogniser.find(
          text, finding -> (finding.type().isSecret() ? secrets : personal).add(finding));
    }
    List<int[]> tags = Tags.positions(text);
    List<Finding> merged = merge(outside(secrets, tags));
    List<int[]> taken = new ArrayList<>(tags);
    merged.forEach(finding -> taken.add(new int[] {finding.start(), finding.end()}));
    taken.sort(Comparator.comparingInt(range -> range[0]));
    merged.addAll(merge(apart(personal, taken)));
    merged.sort(Comparator.comparingInt(Finding::start));
    return merged;
  }

  /** Without what begins within a tag; what ends within one is stretched to take it whole. */
  private static List<Finding> outside(List<Finding> findings, List<int[]> tags) {
    findings.sort(Comparator.comparingInt(Finding::start));
    List<Finding> outside = new ArrayList<>(findings.size());
    int next = 0;
    for (Finding finding : findings) {
      while (next < tags.size() && tags.get(next)[1] <= finding.start()) {
        next++;
      }
      boolean within = next < tags.size() && tags.get(next)[0] < finding.start();
      boolean tagItself =
          next < tags.size()
              && tags.get(next)[0] == finding.start()
              && tags.get(next)[1] >= finding.end();
      if (!within && !tagItself) {
        outside.add(stretched(finding, tags, next));
      }
    }
    return outside;
  }

  private static Finding stretched(Finding finding, List<int[]> tags, int from) {
    for (int i = from; i < tags.size() && tags.get(i)[0] < finding.end(); i++) {
      if (tags.get(i)[1] > finding.end()) {
        return new Finding(finding.start(), tags.get(i)[1], finding.type());
      }
    }
    return finding;
  }

  /** Without what overlaps any of the ranges: a secret hides the address that it seemed part of. */
  private static List<Finding> apart(List<Finding> findings, List<int[]> ranges) {
    findings.sort(Comparator.comparingInt(Finding::start));
    List<Finding> apart = new ArrayList<>(findings.size());
    int next = 0;
    for (Finding finding : findings) {
      while (next < ranges.size() && ranges.get(next)[1] <= finding.start()) {
        next++;
      }
      if (next == ranges.size() || ranges.get(next)[0] >= finding.end()) {
        apart.add(finding);
      }
    }
    return apart;
  }

  /** Joins overlapping findings; the most telling type names what they become. */
  private static List<Finding> merge(List<Finding> findings) {
    findings.sort(
        Comparator.comparingInt(Finding::start)
            .thenComparing(Comparator.comparingInt(Finding::end).reversed())
            .thenComparing(Finding::type));
    List<Finding> merged = new ArrayList<>(findings.size());
    for (Finding finding : findings) {
      Finding last = merged.isEmpty() ? null : merged.getLast();
      if (last == null || finding.start() >= last.end()) {
        merged.add(finding);
      } else {
        merged.set(merged.size() - 1, joined(last, finding));
      }
    }
    return merged;
  }

  private static Finding joined(Finding first, Finding second) {
    FindingType type = first.type().compareTo(second.type()) <= 0 ? first.type() : second.type();
    return new Finding(first.start(), Math.max(first.end(), second.end()), type);
  }
}
