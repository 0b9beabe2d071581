package com.faultmaven.knowledge.domain.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.faultmaven.knowledge.domain.embedding.TextTools;
import java.time.Duration;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Assertions;

class ChunkerTest {
  private static final WordPieceTokenizer TOKENIZER = new TextTools().tokenizer();
  private static final Chunker CHUNKER = new Chunker(TOKENIZER, settings(2000, 512, 48, 50));

  @Example
  void keepsASmallDocumentWhole() {
    String text = "# Title\n\n" + "x ".repeat(995);
    assertThat(text).hasSizeBetween(1990, 2000);
    assertThat(CHUNKER.chunk(text))
        .containsExactly(
            new TextChunk(0, 0, text.length(), text, List.of("Title"), TOKENIZER.count(text)));
  }

  @Example
  void cutsAtHeadingsAndKeepsTheirPath() {
    String text =
        "# Runbook\n\n## Meaning\n\n"
            + "The service does not answer. ".repeat(60)
            + "\n\n## Diagnosis\n\n### Logs\n\n"
            + "Read the log of the pod. ".repeat(60)
            + "\n\n```\n# not a heading\n```\n\n## Mitigation\n\nRestart it.";

    List<TextChunk> chunks = CHUNKER.chunk(text);

    assertThat(chunks.get(0).headingPath()).containsExactly("Runbook");
    assertThat(chunks.get(0).text()).endsWith("not answer.");
    assertThat(chunks.get(1).headingPath()).containsExactly("Runbook", "Diagnosis");
    assertThat(chunks.get(1).text()).contains("## Diagnosis");
    assertThat(chunks.getLast().text()).endsWith("Restart it.");
    assertThat(chunks)
        .noneSatisfy(chunk -> assertThat(chunk.headingPath()).contains("not a heading"));
  }

  @Example
  void readsTheTitleBeforeEveryChunk() {
    TextChunk chunk = new TextChunk(3, 0, 4, "text", List.of("Runbook", "Logs"), 1);
    assertThat(CHUNKER.embeddedText("Runbook", chunk)).isEqualTo("Runbook: Logs\ntext");
    String longTitle = "word ".repeat(200);
    assertThat(TOKENIZER.count(CHUNKER.embeddedText(longTitle, chunk))).isEqualTo(49);
  }

  @Example
  void takesAMebibyteOfAnythingInSeconds() {
    for (String unit : List.of("a", " ", "#", "# ", "\n", "```\n", "漢", "a b", "é", "# x #\n")) {
      String text = "start " + unit.repeat((1 << 20) / unit.length()) + " end";
      Assertions.assertTimeout(
          Duration.ofSeconds(20), () -> assertChunks(text, CHUNKER.chunk(text)), unit);
    }
  }

  @Property(tries = 200)
  void coversTheTextAndOverlapsAndNeverExceedsTheWindow(@ForAll("documents") String text) {
    assertChunks(text, CHUNKER.chunk(text));
  }

  @Example
  void refusesSettingsThatLeaveNoRoom() {
    assertThatThrownBy(() -> new Chunker(TOKENIZER, settings(2000, 200, 48, 50)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("too small");
  }

  @Provide
  Arbitrary<String> documents() {
    Arbitrary<String> parts =
        Arbitraries.frequencyOf(
            net.jqwik.api.Tuple.of(
                10, Arbitraries.strings().alpha().ofMinLength(1).ofMaxLength(12)),
            net.jqwik.api.Tuple.of(
                2, Arbitraries.of("\n", "\n\n", "\r\n", ". ", ";", "\n# Head\n", "\n```\n")),
            net.jqwik.api.Tuple.of(2, Arbitraries.strings().ofMaxLength(8)),
            net.jqwik.api.Tuple.of(
                1, Arbitraries.strings().numeric().ofMinLength(90).ofMaxLength(400)));
    return parts.list().ofMinSize(50).ofMaxSize(900).map(list -> String.join(" ", list));
  }

  private static void assertChunks(String text, List<TextChunk> chunks) {
    assertThat(chunks).isNotEmpty();
    int covered = 0;
    for (int i = 0; i < chunks.size(); i++) {
      TextChunk chunk = chunks.get(i);
      assertThat(chunk.position()).isEqualTo(i);
      assertThat(chunk.text()).isEqualTo(text.substring(chunk.start(), chunk.end()));
      if (i > 0) {
        assertThat(chunk.start()).isGreaterThan(chunks.get(i - 1).start());
        assertThat(text.substring(covered, Math.max(covered, chunk.start()))).isBlank();
        String shared = text.substring(chunk.start(), chunks.get(i - 1).end());
        assertThat(TOKENIZER.count(shared)).isLessThanOrEqualTo(50 + 100);
      }
      if (text.length() > 2000) {
        assertThat(TOKENIZER.count(CHUNKER.embeddedText("A title", chunk)) + 2)
            .isLessThanOrEqualTo(512);
      }
      covered = chunk.end();
    }
    assertThat(text.substring(covered).codePoints().allMatch(ChunkerTest::isSpace)).isTrue();
    assertThat(
            text.substring(0, chunks.getFirst().start())
                .codePoints()
                .allMatch(ChunkerTest::isSpace))
        .isTrue();
  }

  private static boolean isSpace(int c) {
    return Character.isWhitespace(c) || Character.isSpaceChar(c);
  }

  private static ChunkingSettings settings(int small, int segment, int header, int overlap) {
    return new ChunkingSettings() {
      @Override
      public int smallCharacters() {
        return small;
      }

      @Override
      public int segmentTokens() {
        return segment;
      }

      @Override
      public int headerTokens() {
        return header;
      }

      @Override
      public int overlapTokens() {
        return overlap;
      }
    };
  }
}
