package com.faultmaven.artifact.preprocess.extract.text;

import com.faultmaven.artifact.preprocess.extract.text.Sentences.Sentence;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Ranks sentences by how much of what a text is about they hold: the weight of their terms, where
 * they stand, and words that announce something; a sentence that says what a better one said
 * already comes later.
 */
final class SentenceRanking {
  private static final int CANDIDATES = 120;
  private static final int MAX_WORD = 40;
  private static final Pattern ANNOUNCES =
      Pattern.compile(
          "(?i)\\b(?:root cause|because|caused|error|fail\\w{0,5}|outage|impact|incident|resolved|fix\\w{0,3}"
              + "|mitigat\\w{0,5}|workaround|must|never|important|warning|critical|therefore|alert|should"
              + "|timeout|crash\\w{0,3}|rollback|restart\\w{0,3}|data loss|unavailable|detected)\\b");
  private static final Set<String> STOP_WORDS =
      new HashSet<>(
          Arrays.asList(
              "the", "a", "an", "of", "to", "and", "in", "is", "it", "that", "for", "on", "with",
              "as", "was", "be", "by", "are", "this", "we", "not", "or", "from", "at", "but",
              "have", "has", "which", "if", "can", "will", "you", "they", "were", "our", "when",
              "all", "also", "been", "do", "does", "had", "he", "her", "his", "how", "i", "into",
              "its", "may", "more", "no", "one", "only", "other", "out", "she", "should", "so",
              "some", "such", "than", "their", "them", "then", "there", "these", "up", "what",
              "who", "would", "your", "after", "before"));

  private SentenceRanking() {}

  /** The best sentences, best first, at most so many. */
  static List<Sentence> best(List<Sentence> sentences, int count) {
    List<Set<String>> terms = sentences.stream().map(sentence -> terms(sentence.text())).toList();
    double[] scores = scores(sentences, terms);
    List<Integer> candidates =
        new ArrayList<>(
            IntStream.range(0, sentences.size())
                .boxed()
                .sorted(Comparator.comparingDouble((Integer i) -> scores[i]).reversed())
                .limit(CANDIDATES)
                .toList());
    List<Integer> chosen = new ArrayList<>();
    while (chosen.size() < count && !candidates.isEmpty()) {
      Integer best = null;
      double bestScore = Double.NEGATIVE_INFINITY;
      for (Integer candidate : candidates) {
        double score =
            scores[candidate] - 0.6 * scores[candidate] * repetition(candidate, chosen, terms);
        if (score > bestScore) {
          best = candidate;
          bestScore = score;
        }
      }
      chosen.add(best);
      candidates.remove(best);
    }
    return chosen.stream().map(sentences::get).toList();
  }

  private static double[] scores(List<Sentence> sentences, List<Set<String>> terms) {
    Map<String, Integer> frequencies = new HashMap<>();
    terms.forEach(set -> set.forEach(term -> frequencies.merge(term, 1, Integer::sum)));
    double[] scores = new double[sentences.size()];
    for (int i = 0; i < scores.length; i++) {
      double weight = 0;
      for (String term : terms.get(i)) {
        weight += Math.log(1 + frequencies.getOrDefault(term, 0));
      }
      double size = Math.max(4, terms.get(i).size());
      double position = 1 + 0.5 * Math.exp(-i / 8.0) + (sentences.get(i).first() ? 0.15 : 0);
      double announces = ANNOUNCES.matcher(sentences.get(i).text()).find() ? 1.3 : 1;
      scores[i] = weight / Math.pow(size, 0.7) * position * announces;
    }
    return scores;
  }

  private static double repetition(int candidate, List<Integer> chosen, List<Set<String>> terms) {
    double most = 0;
    Set<String> own = terms.get(candidate);
    for (int other : chosen) {
      long common = own.stream().filter(terms.get(other)::contains).count();
      int all = own.size() + terms.get(other).size();
      most = Math.max(most, all == 0 ? 0 : 2.0 * common / all);
    }
    return most;
  }

  private static Set<String> terms(String sentence) {
    Set<String> terms = new HashSet<>();
    StringBuilder word = new StringBuilder();
    String text = sentence.toLowerCase(Locale.ROOT);
    for (int i = 0; i <= text.length(); i++) {
      char c = i < text.length() ? text.charAt(i) : ' ';
      if (Character.isLetterOrDigit(c) || c == '_' || c == '-') {
        word.append(c);
      } else if (!word.isEmpty()) {
        if (word.length() > 2
            && word.length() <= MAX_WORD
            && !STOP_WORDS.contains(word.toString())) {
          terms.add(stem(word.toString()));
        }
        word.setLength(0);
      }
    }
    return terms;
  }

  // Enough to count "node" and "nodes" as one.
  private static String stem(String word) {
    boolean plural = word.length() > 4 && word.endsWith("s") && !word.endsWith("ss");
    return plural ? word.substring(0, word.length() - 1) : word;
  }
}
