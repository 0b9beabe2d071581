package com.faultmaven.knowledge.domain.text;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import com.faultmaven.knowledge.domain.embedding.TextTools;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.junit.jupiter.api.Assumptions;

/** Compared with the tokenizer that the model was published with, run by DJL in this test alone. */
class WordPieceTokenizerTest {
  private static final WordPieceTokenizer OURS = new TextTools().tokenizer();

  @SuppressWarnings("NullAway.Init")
  private static HuggingFaceTokenizer reference;

  @BeforeContainer
  static void openReference() throws IOException {
    try (InputStream in =
        WordPieceTokenizer.class.getResourceAsStream("/bge-small-en-v1.5-q-tokenizer.json")) {
      reference =
          HuggingFaceTokenizer.newInstance(in, Map.of("padding", "false", "truncation", "false"));
    }
  }

  @AfterContainer
  static void closeReference() {
    reference.close();
  }

  @Example
  void knowsTheTokensOfAnOrdinarySentence() {
    // Published fixture: "hello world" is 7592 2088 in the BERT uncased vocabulary.
    assertThat(OURS.sequences("Hello, World!", 512))
        .containsExactly(new long[] {101, 7592, 1010, 2088, 999, 102});
  }

  @Example
  void agreesWithTheReferenceOnDifficultTexts() {
    List<String> texts =
        List.of(
            "",
            " \t\r\n ",
            "KubePodCrashLooping: kubectl -n $NAMESPACE describe pod/$POD --since=1h",
            "2026-11-24T01:02:03.456Z ERROR [pool-3-thread-1] c.a.Foo - Connection refused (10.0.0.1:5432)",
            "Crème brûlée naïve ÅÄÖ Straße İstanbul ΑΣ ΟΔΟΣ",
            "漢字かな交じり文 한국어 العربية हिन्दी ไทย",
            "emoji 😀👩‍👩‍👧 and \u200b zero\u200dwidth \u00ad soft \ufffd replaced \u0000 nul \u0007 bell",
            "a\u00a0b\u2003c\u2028d\u3000e\u000bf\u000cg\u0085h",
            "x".repeat(100) + " " + "x".repeat(101) + " " + "é".repeat(100),
            "don't_stop `code` ~tilde~ ^caret^ $100 <tag> |pipe| + = % & # @ \\ / \"q\" “q” ‘q’ – — … ©®™ §¶ «» ¿¡",
            "豈更車賈 ﬁ ﬂ Ⅷ ½ ² ₂ ① Å Ω K",
            "unaffable embeddings tokenization microservices idempotency 0xdeadbeef a1b2c3d4e5f6");
    for (String text : texts) {
      assertSame(text);
    }
  }

  @Property(tries = 500)
  void agreesWithTheReferenceOnAnyText(@ForAll @StringLength(max = 200) String text) {
    Assumptions.assumeTrue(text.codePoints().allMatch(WordPieceTokenizerTest::known));
    assertSame(text);
  }

  @Example
  void agreesWithTheReferenceOnRunbooks() throws IOException {
    Path runbooks =
        Path.of(System.getProperty("faultmaven.root", "."), "../shared/data/runbooks/kubernetes");
    Assumptions.assumeTrue(Files.isDirectory(runbooks), "no runbooks beside the project");
    try (Stream<Path> files = Files.list(runbooks)) {
      for (Path file : files.toList()) {
        assertSame(Files.readString(file));
      }
    }
  }

  @Example
  void agreesWithTheReferenceOnEveryCharacterThatBothKnow() {
    for (int codePoint = 1; codePoint <= Character.MAX_CODE_POINT; codePoint++) {
      String text = "a" + Character.toString(codePoint) + "b";
      if (known(codePoint)
          && !Arrays.equals(OURS.sequences(text, 16).getFirst(), reference.encode(text).getIds())) {
        assertSame(text);
      }
    }
  }

  @Property(tries = 300)
  void wordsLieInTheTextInOrder(@ForAll String text) {
    int end = 0;
    for (Word word : OURS.words(text)) {
      assertThat(word.start()).isGreaterThanOrEqualTo(end);
      assertThat(word.end()).isGreaterThan(word.start()).isLessThanOrEqualTo(text.length());
      assertThat(word.count()).isPositive();
      end = word.end();
    }
  }

  @Property(tries = 200)
  void sequencesHoldEveryTokenOnce(@ForAll String text) {
    List<long[]> sequences = OURS.sequences(text, 16);
    assertThat(sequences)
        .allSatisfy(
            sequence -> {
              assertThat(sequence).hasSizeBetween(2, 16).startsWith(101L).endsWith(102L);
            });
    assertThat(sequences.stream().mapToInt(sequence -> sequence.length - 2).sum())
        .isEqualTo(OURS.count(text));
  }

  @Example
  void readsMarkersInTextsAsText() {
    assertThat(OURS.sequences("[SEP] [CLS]", 512).getFirst())
        .containsExactly(101, 1031, 19802, 1033, 1031, 18856, 2015, 1033, 102);
  }

  private static void assertSame(String text) {
    Encoding expected = reference.encode(text);
    long[] ours = OURS.sequences(text, 1 << 20).getFirst();
    assertThat(ours)
        .as(() -> text + " = " + Arrays.toString(expected.getTokens()))
        .containsExactly(expected.getIds());
  }

  /**
   * The reference's tables are those of an old Unicode: marks and punctuation that came later are
   * letters to it. Halves of surrogate pairs cannot be handed to it at all.
   */
  private static boolean known(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.UNASSIGNED, Character.SURROGATE -> false;
      case Character.NON_SPACING_MARK,
          Character.COMBINING_SPACING_MARK,
          Character.FORMAT,
          Character.DASH_PUNCTUATION,
          Character.START_PUNCTUATION,
          Character.END_PUNCTUATION,
          Character.OTHER_PUNCTUATION ->
          codePoint < 0x600 || (codePoint >= 0x2000 && codePoint < 0x2e00);
      default -> codePoint != 0x166d;
    };
  }
}
