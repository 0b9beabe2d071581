package com.faultmaven.knowledge.domain;

import com.faultmaven.common.model.knowledge.Embedding;
import com.faultmaven.knowledge.domain.embedding.Embedder;
import com.faultmaven.knowledge.domain.embedding.Lane;
import com.faultmaven.knowledge.domain.text.Passages;
import com.faultmaven.knowledge.domain.text.Passages.Passage;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Answers questions by quoting the best passages with their sources (decisions, section 5). The
 * user's own knowledge comes first; when nothing of it is near enough to the question, the global
 * one is asked.
 */
@ApplicationScoped
public class Answers {
  /** Passages so much less similar than the best one are not quoted beside it. */
  private static final double NEAR_THE_BEST = 0.12;

  private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}_]{3,}");

  private final Retrieval retrieval;
  private final Embedder embedder;
  private final KnowledgeSettings settings;

  /** Wires the bean. */
  @Inject
  public Answers(Retrieval retrieval, Embedder embedder, KnowledgeSettings settings) {
    this.retrieval = retrieval;
    this.embedder = embedder;
    this.settings = settings;
  }

  /** A passage that may be quoted. */
  private record Candidate(FoundChunk chunk, String passage) {
    String embedded() {
      return Stream.concat(Stream.of(chunk.title()), chunk.headingPath().stream())
              .distinct()
              .collect(Collectors.joining(": "))
          + "\n"
          + passage;
    }
  }

  /** A question as it is looked for. */
  private record Asked(String text, Embedding embedding) {}

  /** Where chunks come from. */
  private interface Source {
    Uni<List<FoundChunk>> nearest(Embedding question);
  }

  /**
   * Answers from a knowledge base; a user's falls back to the global one.
   *
   * @param k chunks that are read, 1 to 50
   * @param before what was asked right before, so that "and how do I fix it?" can be understood;
   *     null when nothing was
   */
  public Uni<Answer> ask(KnowledgeBase base, String question, int k, @Nullable String before) {
    return asked(question, before)
        .flatMap(
            asked -> {
              Uni<Answer> own = askBase(base, asked, k);
              return base.ownerId() == null
                  ? own
                  : own.flatMap(
                      answer ->
                          answer.citations().isEmpty()
                              ? askBase(KnowledgeBase.GLOBAL, asked, k)
                              : Uni.createFrom().item(answer));
            });
  }

  /** Answers from what was found in a case's files. */
  public Uni<Answer> askCase(String caseId, String question, int k, @Nullable String before) {
    return asked(question, before)
        .flatMap(
            asked ->
                answer(
                    "case_evidence",
                    asked,
                    embedding -> retrieval.nearestInCase(caseId, embedding, k, ChunkFilter.NONE)));
  }

  private Uni<Answer> askBase(KnowledgeBase base, List<Asked> asked, int k) {
    return answer(
        base.answeredBy(),
        asked,
        embedding -> retrieval.nearest(base, embedding, k, ChunkFilter.NONE));
  }

  /** The question alone, and after what was asked before. */
  private Uni<List<Asked>> asked(String question, @Nullable String before) {
    Uni<Asked> alone = embedder.embedQuestion(question).map(found -> new Asked(question, found));
    if (before == null) {
      return alone.map(List::of);
    }
    String together = before + " " + question;
    return alone.flatMap(
        first ->
            embedder
                .embedQuestion(together)
                .map(found -> List.of(first, new Asked(together, found))));
  }

  private Uni<Answer> answer(String answeredBy, List<Asked> asked, Source source) {
    Uni<Answer> best = answer(answeredBy, asked.getFirst(), source);
    if (asked.size() == 1) {
      return best;
    }
    return best.flatMap(
        alone ->
            answer(answeredBy, asked.get(1), source)
                .map(together -> top(together) > top(alone) ? together : alone));
  }

  private static double top(Answer answer) {
    return answer.citations().isEmpty() ? -1 : answer.citations().getFirst().score();
  }

  private Uni<Answer> answer(String answeredBy, Asked asked, Source source) {
    return source
        .nearest(asked.embedding())
        .map(
            chunks ->
                chunks.stream()
                    .filter(chunk -> chunk.score() >= settings.answerThreshold())
                    .toList())
        .map(chunks -> candidates(asked.text(), chunks))
        .flatMap(
            candidates ->
                candidates.isEmpty()
                    ? Uni.createFrom().item(nothing())
                    : quoted(answeredBy, asked.embedding(), candidates));
  }

  private Uni<Answer> quoted(String answeredBy, Embedding question, List<Candidate> candidates) {
    return embedder
        .embed(candidates.stream().map(Candidate::embedded).toList(), Lane.INTERACTIVE)
        .map(
            embeddings -> {
              List<Answer.Citation> ranked =
                  IntStream.range(0, candidates.size())
                      .mapToObj(
                          i ->
                              new Answer.Citation(
                                  0,
                                  candidates.get(i).passage(),
                                  embeddings.get(i).cosine(question),
                                  candidates.get(i).chunk()))
                      .sorted(Comparator.comparingDouble(Answer.Citation::score).reversed())
                      .limit(settings.answerPassages())
                      .toList();
              return answer(answeredBy, ranked);
            });
  }

  private static Answer answer(String answeredBy, List<Answer.Citation> ranked) {
    double best = ranked.getFirst().score();
    List<Answer.Citation> citations = new ArrayList<>();
    for (Answer.Citation citation : ranked) {
      if (citation.score() >= best - NEAR_THE_BEST) {
        citations.add(
            new Answer.Citation(
                citations.size() + 1, citation.quote(), citation.score(), citation.chunk()));
      }
    }
    String text =
        citations.stream()
            .map(citation -> citation.quote() + " [" + citation.number() + "]")
            .collect(Collectors.joining("\n\n"));
    return new Answer(answeredBy, text, citations);
  }

  private static Answer nothing() {
    return new Answer(Answer.NONE, "Nothing that is known here answers this question.", List.of());
  }

  /** Passages of the chunks, each once; those that share most words with the question when many. */
  private List<Candidate> candidates(String question, List<FoundChunk> chunks) {
    List<Candidate> candidates = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (FoundChunk chunk : chunks) {
      List<Passage> passages = Passages.of(chunk.text());
      // A chunk overlaps the one before it, which holds its first sentence from the beginning.
      boolean torn = chunk.position() > 0 && passages.size() > 1 && isTorn(passages.getFirst());
      for (Passage passage : torn ? passages.subList(1, passages.size()) : passages) {
        if (seen.add(passage.text())) {
          candidates.add(new Candidate(chunk.under(passage.headingPath()), passage.text()));
        }
      }
    }
    Set<String> words = words(question);
    return candidates.stream()
        .sorted(Comparator.comparingInt(candidate -> -shared(words, candidate)))
        .limit(settings.answerCandidates())
        .toList();
  }

  /** Whether a passage begins in the middle of a sentence. */
  private static boolean isTorn(Passage passage) {
    return Character.isLowerCase(passage.text().codePointAt(0));
  }

  private static int shared(Set<String> words, Candidate candidate) {
    Set<String> own = words(candidate.embedded());
    own.retainAll(words);
    return own.size();
  }

  private static Set<String> words(String text) {
    return WORD.matcher(text.toLowerCase(Locale.ROOT))
        .results()
        .map(match -> match.group())
        .collect(Collectors.toCollection(HashSet::new));
  }
}
