package com.faultmaven.common.repository.memory;

import com.faultmaven.common.model.cases.Case;
import com.faultmaven.common.model.cases.Evidence;
import com.faultmaven.common.repository.CaseHit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Plain word search: every word must occur, whatever its case; more occurrences are better. */
final class CaseWords {
  private static final Pattern BETWEEN_WORDS = Pattern.compile("[^\\p{L}\\p{N}]+");
  private static final int CONTEXT = 60;

  private final List<String> words;

  CaseWords(String text) {
    words =
        BETWEEN_WORDS
            .splitAsStream(text.toLowerCase(Locale.ROOT))
            .filter(word -> !word.isEmpty())
            .toList();
  }

  boolean allIn(Evidence evidence) {
    return allIn(List.of(evidence.content(), text(evidence.preprocessedSummary())));
  }

  Optional<CaseHit> hit(Case candidate) {
    List<String> fields = new ArrayList<>();
    fields.add(candidate.title());
    fields.add(text(candidate.description()));
    for (Evidence evidence : candidate.evidence()) {
      fields.add(text(evidence.preprocessedSummary()));
      fields.add(evidence.content());
    }
    if (words.isEmpty() || !allIn(fields)) {
      return Optional.empty();
    }
    List<String> passages =
        fields.stream()
            .filter(field -> words.stream().anyMatch(field.toLowerCase(Locale.ROOT)::contains))
            .map(this::passage)
            .toList();
    double score = 1.0 + passages.size();
    return Optional.of(new CaseHit(candidate.header(), score, passages));
  }

  private boolean allIn(List<String> fields) {
    List<String> folded = fields.stream().map(field -> field.toLowerCase(Locale.ROOT)).toList();
    return words.stream().allMatch(word -> folded.stream().anyMatch(text -> text.contains(word)));
  }

  private String passage(String field) {
    String folded = field.toLowerCase(Locale.ROOT);
    int first = words.stream().mapToInt(folded::indexOf).filter(at -> at >= 0).min().orElse(0);
    // Folding may change the length of some letters, so both ends are kept inside the field.
    int from = Math.clamp(first - CONTEXT, 0, field.length());
    return field.substring(from, Math.min(field.length(), from + 2 * CONTEXT));
  }

  private static String text(@Nullable String value) {
    return value == null ? "" : value;
  }
}
