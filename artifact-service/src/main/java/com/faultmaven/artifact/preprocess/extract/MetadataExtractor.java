package com.faultmaven.artifact.preprocess.extract;

import com.faultmaven.artifact.preprocess.Extraction;
import com.faultmaven.artifact.preprocess.ExtractionContext;
import com.faultmaven.artifact.preprocess.classify.RulesClassifier;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What can be said of bytes that are not looked into: type, size, SHA-256, entropy, and the strings
 * worth seeing. Archives are not unpacked.
 */
public final class MetadataExtractor implements Extractor {
  private static final int MIN_STRING = 6;
  private static final int MAX_STRING = 200;
  private static final int MAX_FOUND = 20_000;
  private static final int MAX_CHARACTERS = 1024 * 1024;
  private static final int FAR_FROM_CUT = 64 * 1024;
  private static final int MAX_SHOWN = 60;
  private static final Pattern TELLING =
      Pattern.compile(
          "error|fail|exception|panic|fatal|warn|https?://|version|copyright|GCC|/usr/|/lib/|/etc/"
              + "|\\.(?:so|dll|class|jar|json|xml|conf|log)\\b",
          Pattern.CASE_INSENSITIVE);

  private final RulesClassifier classifier;

  /** Takes the classifier for the name of the file's real type. */
  public MetadataExtractor(RulesClassifier classifier) {
    this.classifier = classifier;
  }

  @Override
  public Extraction extract(Path file, String filename, ExtractionContext context)
      throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    String mediaType = classifier.classify(file, filename, null).mediaType();
    double entropy = entropy(bytes);
    String hash = sha256(bytes);
    String meaning = meaning(entropy);
    List<String> strings = strings(bytes, context);
    Report report = new Report("metadata_only");
    report.summary(
        Texts.format(
            "%s, %s, not analysed further. Entropy %.2f bits a byte (%s). SHA-256 %s.",
            mediaType, Texts.size(bytes.length), entropy, meaning, hash));
    report.insight("Type " + mediaType + ", " + Texts.size(bytes.length));
    report.insight("SHA-256 " + hash);
    report.insight(Texts.format("Entropy %.2f bits a byte: %s", entropy, meaning));
    strings.stream()
        .filter(string -> TELLING.matcher(string).find())
        .limit(5)
        .forEach(string -> report.insight("Holds the text: " + string));
    report.section(
        "File",
        Texts.format(
            "type: %s%nsize: %,d bytes%nsha256: %s%nentropy: %.3f bits a byte (%s)%nfirst bytes: %s",
            mediaType, bytes.length, hash, entropy, meaning, firstBytes(bytes)));
    report.section("Strings worth seeing", String.join("\n", strings));
    return report.build();
  }

  private static String firstBytes(byte[] bytes) {
    return HexFormat.ofDelimiter(" ").formatHex(bytes, 0, Math.min(16, bytes.length));
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  private static double entropy(byte[] bytes) {
    int[] counts = new int[256];
    for (byte b : bytes) {
      counts[b & 0xFF]++;
    }
    double bits = 0;
    for (int count : counts) {
      if (count > 0) {
        double share = (double) count / bytes.length;
        bits -= share * Math.log(share) / Math.log(2);
      }
    }
    return bits;
  }

  private static String meaning(double entropy) {
    if (entropy > 7.5) {
      return "compressed or encrypted";
    }
    return entropy > 5.5 ? "mixed binary" : "regular or text-like";
  }

  // All strings are cleaned as one text, so that the same value gets the same tag everywhere, and
  // cut afterwards: a secret that a cut has split would not be recognised.
  private static List<String> strings(byte[] bytes, ExtractionContext context) {
    String found = context.cleaner().clean(String.join("\n", printable(bytes)));
    return found
        .lines()
        .map(line -> Texts.cut(line, MAX_STRING))
        .distinct()
        .sorted(Comparator.comparingInt(MetadataExtractor::weight).reversed())
        .limit(MAX_SHOWN)
        .toList();
  }

  private static Set<String> printable(byte[] bytes) {
    Set<String> found = new LinkedHashSet<>();
    int room = MAX_CHARACTERS;
    int start = 0;
    for (int i = 0; i <= bytes.length && found.size() < MAX_FOUND && room > 0; i++) {
      int b = i < bytes.length ? bytes[i] : 0;
      if (b >= 0x20 && b < 0x7F) {
        continue;
      }
      int length = Math.min(i - start, room);
      // Of a run that the bound cuts only the beginning may be shown, far from the cut.
      if (length >= MIN_STRING && (length == i - start || length >= FAR_FROM_CUT)) {
        found.add(new String(bytes, start, length, StandardCharsets.US_ASCII));
        room -= length;
      } else if (length < i - start) {
        break;
      }
      start = i + 1;
    }
    return found;
  }

  private static int weight(String string) {
    int letters = 0;
    for (int i = 0; i < string.length(); i++) {
      letters += Character.isLetter(string.charAt(i)) ? 1 : 0;
    }
    boolean telling = TELLING.matcher(string.toLowerCase(Locale.ROOT)).find();
    return (telling ? 1_000 : 0) + 100 * letters / string.length() + Math.min(50, string.length());
  }
}
