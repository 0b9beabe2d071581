package com.faultmaven.knowledge.domain.text;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Cuts documents into chunks (specification 5.6). A small document is one chunk. A larger one is
 * cut into segments that the model can read whole, at a heading, a paragraph, a line or a sentence
 * when one ends in the segment's second half, else between words; each segment repeats the last
 * tokens of the one before it.
 *
 * <p>The chunks cover the document: every character that is not white space is in at least one.
 * Thread-safe; time and memory grow with the document alone.
 */
public final class Chunker {
  /** Tokens that begin and end a sequence. */
  private static final int SEQUENCE_MARKS = 2;

  private final WordPieceTokenizer tokenizer;
  private final int smallCharacters;
  private final int textTokens;
  private final int headerTokens;
  private final int overlap;

  /**
   * Makes a chunker.
   *
   * @throws IllegalArgumentException when the settings leave a segment no room to move on
   */
  public Chunker(WordPieceTokenizer tokenizer, ChunkingSettings settings) {
    this.tokenizer = tokenizer;
    smallCharacters = settings.smallCharacters();
    headerTokens = settings.headerTokens();
    overlap = settings.overlapTokens();
    textTokens = settings.segmentTokens() - headerTokens - SEQUENCE_MARKS;
    int longestWord = WordPieceTokenizer.MAX_WORD_CHARACTERS;
    if (overlap < 0 || headerTokens < 0 || textTokens / 2 <= overlap + longestWord) {
      throw new IllegalArgumentException(
          "faultmaven.chunking: a segment of "
              + settings.segmentTokens()
              + " tokens is too small for its header and overlap");
    }
  }

  /** The chunks of a document in order, at least one. */
  public List<TextChunk> chunk(String text) {
    Headings headings = new Headings(text);
    Segments pieces = new Segments(text);
    if (text.length() <= smallCharacters || pieces.count() == 0) {
      return List.of(
          new TextChunk(
              0, 0, text.length(), text, headings.pathAt(0), pieces.tokens(0, pieces.count())));
    }
    List<TextChunk> chunks = new ArrayList<>();
    int from = 0;
    int unseen = 0;
    while (true) {
      int to = pieces.end(from, headings);
      chunks.add(pieces.chunk(chunks.size(), from, to, headings.pathAt(pieces.start(unseen))));
      if (to == pieces.count()) {
        return chunks;
      }
      from = pieces.overlapStart(to);
      unseen = to;
    }
  }

  /**
   * What the model reads for a chunk: the title and the headings it stands under, as far as they
   * fit the header, and the chunk itself. A later chunk would not be found by the words of its
   * title otherwise.
   */
  public String embeddedText(String title, TextChunk chunk) {
    StringBuilder header = new StringBuilder(title);
    for (String heading : chunk.headingPath()) {
      if (!heading.equals(title)) {
        header.append(": ").append(heading);
      }
    }
    int end = 0;
    int tokens = 0;
    for (Word word : tokenizer.words(header.toString())) {
      tokens += word.count();
      if (tokens > headerTokens) {
        break;
      }
      end = word.end();
    }
    return header.substring(0, end) + "\n" + chunk.text();
  }

  /** The text's words, those of more than 100 characters cut up, with running sums of tokens. */
  private final class Segments {
    private final String text;
    private int[] starts = new int[64];
    private int[] ends = new int[64];
    private int[] sums = new int[65];
    private int count;

    Segments(String text) {
      this.text = text;
      for (Word word : tokenizer.words(text)) {
        if (word.end() - word.start() <= WordPieceTokenizer.MAX_WORD_CHARACTERS) {
          add(word.start(), word.end(), word.count());
        } else {
          addCutUp(word);
        }
      }
    }

    int count() {
      return count;
    }

    int start(int piece) {
      return starts[piece];
    }

    int tokens(int from, int to) {
      return sums[to] - sums[from];
    }

    /** Where a chunk that begins at the piece ends, exclusive. */
    int end(int from, Headings headings) {
      int most = from + 1;
      while (most < count && tokens(from, most + 1) <= textTokens) {
        most++;
      }
      if (most == count) {
        return count;
      }
      int best = most;
      Boundary strongest = Boundary.NONE;
      for (int at = most; at > from + 1 && tokens(from, at) >= textTokens / 2; at--) {
        Boundary boundary = Boundary.between(text, ends[at - 1], starts[at], headings);
        if (boundary.compareTo(strongest) > 0) {
          strongest = boundary;
          best = at;
        }
      }
      return best;
    }

    int overlapStart(int to) {
      int start = to;
      while (tokens(start, to) < overlap) {
        start--;
      }
      return start;
    }

    TextChunk chunk(int position, int from, int to, List<String> headingPath) {
      int start = from == 0 ? 0 : starts[from];
      int end = to == count ? text.length() : starts[to];
      while (start < end && isSpace(text.charAt(start))) {
        start++;
      }
      while (end > start && isSpace(text.charAt(end - 1))) {
        end--;
      }
      return new TextChunk(
          position, start, end, text.substring(start, end), headingPath, tokens(from, to));
    }

    private void add(int start, int end, int tokens) {
      if (count == starts.length) {
        starts = Arrays.copyOf(starts, 2 * count);
        ends = Arrays.copyOf(ends, 2 * count);
        sums = Arrays.copyOf(sums, 2 * count + 1);
      }
      starts[count] = start;
      ends[count] = end;
      sums[count + 1] = sums[count] + tokens;
      count++;
    }

    /** A run of a thousand letters is data, not a word: it would be one token and never found. */
    private void addCutUp(Word word) {
      int start = word.start();
      while (start < word.end()) {
        int end = Math.min(start + WordPieceTokenizer.MAX_WORD_CHARACTERS, word.end());
        if (end < word.end() && Character.isLowSurrogate(text.charAt(end))) {
          end--;
        }
        add(start, end, Math.max(1, tokenizer.count(text.substring(start, end))));
        start = end;
      }
    }
  }

  private static boolean isSpace(char c) {
    return Character.isWhitespace(c) || Character.isSpaceChar(c);
  }

  /** What stands between two words, the weakest first. */
  private enum Boundary {
    NONE,
    SPACE,
    SENTENCE,
    LINE,
    PARAGRAPH,
    HEADING;

    static Boundary between(String text, int end, int start, Headings headings) {
      if (headings.beginsSectionAt(start)) {
        return HEADING;
      }
      int breaks = 0;
      boolean space = false;
      for (int i = end; i < start; i++) {
        space |= isSpace(text.charAt(i));
        breaks += text.charAt(i) == '\n' ? 1 : 0;
      }
      if (breaks > 0) {
        return breaks > 1 ? PARAGRAPH : LINE;
      }
      if (!space) {
        return NONE;
      }
      return ".!?;".indexOf(text.charAt(end - 1)) >= 0 ? SENTENCE : SPACE;
    }
  }
}
