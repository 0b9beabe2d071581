package com.faultmaven.knowledge.domain.text;

import static java.util.Objects.requireNonNull;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * BERT's uncased WordPiece tokenizer: control characters dropped, accents stripped, lower case,
 * split at white space, punctuation and Chinese characters, each word cut greedily into the longest
 * pieces that the vocabulary holds.
 *
 * <p>Markers such as {@code [SEP]} that stand in a text are read as ordinary text, so that a
 * document cannot end its own sequence. Thread-safe.
 */
public final class WordPieceTokenizer {
  /** Words with more characters are one unknown token, as the model was trained. */
  public static final int MAX_WORD_CHARACTERS = 100;

  private final Map<String, Integer> vocabulary;
  private final int unknown;
  private final int first;
  private final int last;

  /**
   * Makes a tokenizer.
   *
   * @param vocabulary token to id; continuing pieces begin with {@code ##}
   * @throws NullPointerException when {@code [UNK]}, {@code [CLS]} or {@code [SEP]} is missing
   */
  public WordPieceTokenizer(Map<String, Integer> vocabulary) {
    this.vocabulary = Map.copyOf(vocabulary);
    unknown = requireNonNull(vocabulary.get("[UNK]"), "[UNK]");
    first = requireNonNull(vocabulary.get("[CLS]"), "[CLS]");
    last = requireNonNull(vocabulary.get("[SEP]"), "[SEP]");
  }

  /** The words of a text in order, without the tokens that begin and end a sequence. */
  public List<Word> words(String text) {
    List<Word> words = new ArrayList<>();
    Pending pending = new Pending(words);
    int at = 0;
    while (at < text.length()) {
      int codePoint = text.codePointAt(at);
      int end = at + Character.charCount(codePoint);
      if (isWhiteSpace(codePoint)) {
        pending.finish();
      } else if (!isDropped(codePoint)) {
        boolean aWordOfItsOwn = isChinese(codePoint);
        if (aWordOfItsOwn) {
          pending.finish();
        }
        addPlain(codePoint, at, end, pending);
        if (aWordOfItsOwn) {
          pending.finish();
        }
      }
      at = end;
    }
    pending.finish();
    return words;
  }

  private static void addPlain(int codePoint, int from, int to, Pending pending) {
    if (codePoint < 0x80) {
      pending.add(Character.toLowerCase(codePoint), from, to);
      return;
    }
    String plain = Normalizer.normalize(Character.toString(codePoint), Normalizer.Form.NFD);
    for (int part : plain.codePoints().toArray()) {
      if (Character.getType(part) != Character.NON_SPACING_MARK) {
        pending.add(Character.toLowerCase(part), from, to);
      }
    }
  }

  /** How many tokens the text has, without those that begin and end a sequence. */
  public int count(String text) {
    return words(text).stream().mapToInt(Word::count).sum();
  }

  /**
   * The sequences that a model with a limited window reads, each with its begin and end token. One
   * sequence when the text fits; otherwise as few as possible, cut between words where possible.
   *
   * @param window the most tokens of one sequence, begin and end included, at least 3
   * @return at least one sequence; an empty text has its begin and end alone
   */
  public List<long[]> sequences(String text, int window) {
    List<long[]> sequences = new ArrayList<>();
    long[] current = new long[window];
    int length = 1;
    for (Word word : words(text)) {
      if (length + word.count() > window - 1 && word.count() <= window - 2) {
        sequences.add(finished(current, length));
        length = 1;
      }
      for (int i = 0; i < word.count(); i++) {
        if (length == window - 1) {
          sequences.add(finished(current, length));
          length = 1;
        }
        current[length++] = word.token(i);
      }
    }
    if (length > 1 || sequences.isEmpty()) {
      sequences.add(finished(current, length));
    }
    return sequences;
  }

  private long[] finished(long[] tokens, int length) {
    long[] sequence = Arrays.copyOf(tokens, length + 1);
    sequence[0] = first;
    sequence[length] = last;
    return sequence;
  }

  /** Characters of the word that is being read. */
  private final class Pending {
    private final List<Word> words;
    private final StringBuilder characters = new StringBuilder();
    private int start;
    private int end;

    Pending(List<Word> words) {
      this.words = words;
    }

    void add(int codePoint, int from, int to) {
      boolean aWordOfItsOwn = isPunctuation(codePoint);
      if (aWordOfItsOwn) {
        finish();
      }
      start = characters.isEmpty() ? from : start;
      end = to;
      characters.appendCodePoint(codePoint);
      if (aWordOfItsOwn) {
        finish();
      }
    }

    void finish() {
      if (!characters.isEmpty()) {
        words.add(new Word(start, end, pieces(characters.toString())));
        characters.setLength(0);
      }
    }
  }

  private int[] pieces(String word) {
    int[] none = {unknown};
    if (word.codePointCount(0, word.length()) > MAX_WORD_CHARACTERS) {
      return none;
    }
    int[] pieces = new int[word.length()];
    int count = 0;
    int from = 0;
    while (from < word.length()) {
      int to = word.length();
      Integer id = null;
      while (to > from) {
        String piece = word.substring(from, to);
        id = vocabulary.get(from == 0 ? piece : "##" + piece);
        if (id != null) {
          break;
        }
        to = word.offsetByCodePoints(to, -1);
      }
      if (id == null) {
        return none;
      }
      pieces[count++] = id;
      from = to;
    }
    return Arrays.copyOf(pieces, count);
  }

  private static boolean isWhiteSpace(int codePoint) {
    return codePoint == '\t'
        || codePoint == '\n'
        || codePoint == '\r'
        || Character.isSpaceChar(codePoint);
  }

  private static boolean isDropped(int codePoint) {
    return codePoint == 0xfffd
        || switch (Character.getType(codePoint)) {
          case Character.CONTROL, Character.FORMAT, Character.PRIVATE_USE, Character.SURROGATE ->
              true;
          default -> false;
        };
  }

  private static boolean isPunctuation(int codePoint) {
    if (codePoint < 0x80) {
      return codePoint > ' ' && codePoint != 0x7f && !Character.isLetterOrDigit(codePoint);
    }
    return switch (Character.getType(codePoint)) {
      case Character.CONNECTOR_PUNCTUATION,
          Character.DASH_PUNCTUATION,
          Character.START_PUNCTUATION,
          Character.END_PUNCTUATION,
          Character.INITIAL_QUOTE_PUNCTUATION,
          Character.FINAL_QUOTE_PUNCTUATION,
          Character.OTHER_PUNCTUATION ->
          true;
      default -> false;
    };
  }

  private static boolean isChinese(int codePoint) {
    return between(codePoint, 0x4e00, 0x9fff)
        || between(codePoint, 0x3400, 0x4dbf)
        || between(codePoint, 0x20000, 0x2a6df)
        || between(codePoint, 0x2a700, 0x2b73f)
        || between(codePoint, 0x2b740, 0x2b81f)
        || between(codePoint, 0x2b920, 0x2ceaf)
        || between(codePoint, 0xf900, 0xfaff)
        || between(codePoint, 0x2f800, 0x2fa1f);
  }

  private static boolean between(int codePoint, int first, int last) {
    return codePoint >= first && codePoint <= last;
  }
}
