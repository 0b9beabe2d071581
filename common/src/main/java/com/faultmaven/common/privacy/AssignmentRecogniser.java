package com.faultmaven.common.privacy;

import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Values of secret-looking names in configuration of any format, program text and log lines: {@code
 * password=…}, {@code "apiKey": "…"}, {@code <password>…</password>}, {@code --token …}, {@code -
 * name: DB_PASSWORD} with {@code value: …} below it.
 */
final class AssignmentRecogniser implements Recogniser {
  private static final int LONGEST_KEY = 80;
  private static final int LONGEST_TAG = 240;
  private static final int MOST_BLANKS = 8;
  private static final int MOST_BETWEEN = 120;
  private static final Set<String> TYPE_NAMES = Set.of("str", "string", "String");
  private static final Set<String> NAMES_OF_NAMES = Set.of("name", "key", "env");
  private static final Set<String> GENERIC_WORDS = Set.of("key", "token", "secret");

  /** A name before a separator. */
  private record Key(String name, boolean beginsLine, int column) {}

  @Override
  public void find(String text, Consumer<Finding> found) {
    new Scan(text, found).run();
  }

  /** One pass over one text. */
  private static final class Scan {
    private final String text;
    private final Consumer<Finding> found;
    private final ValueReader values;
    private int literalEnd = -1; // the next end of a CDATA section, looked for once

    Scan(String text, Consumer<Finding> found) {
      this.text = text;
      this.found = found;
      this.values = new ValueReader(text);
    }

    void run() {
      int i = 0;
      while (i < text.length()) {
        int next =
            switch (text.charAt(i)) {
              case '=', ':' -> assignment(i);
              case '<' -> element(i);
              case '-' -> option(i);
              default -> i + 1;
            };
        i = Math.max(next, i + 1);
      }
    }

    private int assignment(int separator) {
      if (text.startsWith("://", separator) || text.startsWith("::", separator)) {
        return separator + 2;
      }
      Key key = keyBefore(separator);
      if (key == null) {
        return separator + 1;
      }
      if (NAMES_OF_NAMES.contains(key.name().toLowerCase(Locale.ROOT))) {
        int next = namedValue(separator);
        if (next > separator + 1) {
          return next;
        }
      }
      KeyName kind = KeyName.of(key.name());
      if (kind == KeyName.PLAIN) {
        return separator + 1;
      }
      boolean wholeLine = key.beginsLine() && (kind == KeyName.PASSWORD || kind == KeyName.SECRET);
      Value value = values.read(afterSeparator(separator), wholeLine, key.column());
      return value == null ? separator + 1 : report(key.name(), kind, value, separator + 1);
    }

    private int report(String name, KeyName kind, Value value, int otherwise) {
      if (!kind.protects(value)) {
        return otherwise;
      }
      found.accept(new Finding(value.start(), value.end(), KeyName.type(name, kind)));
      return value.next();
    }

    /** Also {@code ==}, {@code =>}, {@code :=} and the like. */
    private int afterSeparator(int separator) {
      int i = separator + 1;
      while (i < text.length() && i - separator < 3 && "=>".indexOf(text.charAt(i)) >= 0) {
        i++;
      }
      return i;
    }

    // --- names ----------------------------------------------------------------------------------

    private @Nullable Key keyBefore(int separator) {
      int end = separator;
      if (text.charAt(separator) == '=' && ":+".indexOf(Characters.at(text, end - 1)) >= 0) {
        end--;
      }
      int blanks = end;
      while (end > 0 && blanks - end < MOST_BLANKS && Characters.isBlank(text.charAt(end - 1))) {
        end--;
      }
      int closing = end;
      while (end > 0 && closing - end < 4 && isClosing(text.charAt(end - 1))) {
        end--;
      }
      int start = nameStart(end);
      if (start == end) {
        return null;
      }
      String name = text.substring(start, end);
      if (TYPE_NAMES.contains(name)) {
        return typedName(start);
      }
      boolean generic = GENERIC_WORDS.contains(name.toLowerCase(Locale.ROOT));
      if (generic && Characters.at(text, start - 1) == ' ') {
        int word = nameStart(start - 1);
        String both = text.substring(word, end);
        if (KeyName.of(both) == KeyName.SECRET) {
          return key(both, word); // "API key: …"
        }
      }
      return key(name, start);
    }

    private static boolean isClosing(char c) {
      return Characters.isQuote(c) || c == '\\' || c == ']';
    }

    private int nameStart(int end) {
      int start = end;
      while (start > 0 && end - start < LONGEST_KEY && isName(text.charAt(start - 1))) {
        start--;
      }
      return start;
    }

    private static boolean isName(char c) {
      return Characters.isWord(c) || c == '.' || c == '-' || c == '$';
    }

    /** {@code password: str = "…"}: the name is before the type. */
    private @Nullable Key typedName(int typeStart) {
      int i = typeStart;
      while (i > 0 && typeStart - i < MOST_BLANKS && Characters.isBlank(text.charAt(i - 1))) {
        i--;
      }
      if (Characters.at(text, i - 1) != ':') {
        return null;
      }
      int start = nameStart(i - 1);
      return start == i - 1 ? null : key(text.substring(start, i - 1), start);
    }

    private Key key(String name, int start) {
      int i = start;
      while (i > 0 && start - i < LONGEST_KEY && opensLine(text.charAt(i - 1))) {
        i--;
      }
      boolean exported = i >= 7 && text.startsWith("export ", i - 7);
      i = exported ? i - 7 : i;
      boolean beginsLine = i == 0 || Characters.isLineEnd(text.charAt(i - 1));
      return new Key(name, beginsLine, start - i);
    }

    private static boolean opensLine(char c) {
      return Characters.isBlank(c) || c == '-' || c == '"' || c == '\'';
    }

    // --- pairs of a name and a value ------------------------------------------------------------

    /** {@code name: DB_PASSWORD} and then {@code value: …}; also as attributes and in JSON. */
    private int namedValue(int separator) {
      Value name = values.read(afterSeparator(separator), false, 0);
      if (name == null || name.end() - name.start() > LONGEST_KEY) {
        return separator + 1;
      }
      KeyName kind = KeyName.of(name.text());
      if (kind == KeyName.PLAIN) {
        return separator + 1;
      }
      int from = skip(name.next(), " \t\r\n\"',/");
      Value value = null;
      if (Characters.startsWithIgnoreCase(text, from, "value")) {
        int colon = skip(from + "value".length(), " \t\"'");
        if (":=".indexOf(Characters.at(text, colon)) >= 0) {
          value = values.read(colon + 1, isLine(colon), columnOf(from));
        }
      } else if (Characters.at(text, from) == '>') {
        value = elementText(from + 1);
      }
      return value == null
          ? separator + 1
          : report(name.text(), kind, value.asCertain(), separator + 1);
    }

    private int skip(int from, String characters) {
      int i = from;
      while (i < text.length()
          && i - from < MOST_BETWEEN
          && characters.indexOf(text.charAt(i)) >= 0) {
        i++;
      }
      return i;
    }

    private boolean isLine(int colon) {
      return text.charAt(colon) == ':' && !Characters.isQuote(Characters.at(text, colon - 1));
    }

    private int columnOf(int position) {
      int i = position;
      while (i > 0 && position - i < LONGEST_KEY && !Characters.isLineEnd(text.charAt(i - 1))) {
        i--;
      }
      return position - i;
    }

    // --- XML ------------------------------------------------------------------------------------

    private int element(int open) {
      int nameEnd = open + 1;
      while (nameEnd < text.length()
          && nameEnd - open < LONGEST_KEY
          && (isName(text.charAt(nameEnd)) || text.charAt(nameEnd) == ':')) {
        nameEnd++;
      }
      String name = text.substring(open + 1, nameEnd);
      KeyName kind = KeyName.of(name);
      if (kind == KeyName.PLAIN) {
        return open + 1;
      }
      int close = nameEnd;
      while (close < text.length()
          && close - nameEnd < LONGEST_TAG
          && "<>".indexOf(text.charAt(close)) < 0) {
        close++;
      }
      Value value = Characters.at(text, close) == '>' ? elementText(close + 1) : null;
      return value == null ? open + 1 : report(name, kind, value, open + 1);
    }

    private @Nullable Value elementText(int from) {
      String mark = "<![CDATA[";
      boolean literal = text.startsWith(mark, from);
      int start = literal ? from + mark.length() : from;
      int end = literal ? literalEnd(start) : text.indexOf('<', start);
      return end <= start
          ? null
          : new Value(text.substring(start, end), start, end, end, true, true);
    }

    private int literalEnd(int from) {
      if (literalEnd < from) {
        int end = text.indexOf("]]>", from);
        literalEnd = end < 0 ? text.length() : end;
      }
      return literalEnd;
    }

    // --- command lines --------------------------------------------------------------------------

    /** {@code --password …} and curl's {@code -u user:…}. */
    private int option(int dash) {
      char before = Characters.at(text, dash - 1);
      boolean starts =
          before == '\0' || Character.isWhitespace(before) || Characters.isQuote(before);
      if (!starts) {
        return dash + 1;
      }
      if (text.startsWith("-u ", dash)) {
        return userOption(dash + 3);
      }
      int end = dash;
      while (end < text.length() && end - dash < LONGEST_KEY && isName(text.charAt(end))) {
        end++;
      }
      int from = skip(end, " \t\"',");
      String name = text.substring(dash, end);
      KeyName kind = text.startsWith("--", dash) && from > end ? KeyName.of(name) : KeyName.PLAIN;
      Value value = kind == KeyName.PLAIN ? null : values.word(from);
      boolean argument =
          value != null
              && !value.text().startsWith("-")
              && !"=:".contains(value.text().substring(0, Math.min(1, value.text().length())));
      return value != null && argument ? report(name, kind, value.asCertain(), dash + 1) : dash + 1;
    }

    private int userOption(int from) {
      Value user = values.word(from);
      int colon = user == null ? -1 : user.text().indexOf(':');
      if (user == null
          || colon < 1
          || user.text().chars().allMatch(c -> Characters.isDigit((char) c) || c == ':')) {
        return from;
      }
      String password = user.text().substring(colon + 1);
      int start = user.start() + colon + 1;
      Value value = new Value(password, start, user.end(), user.next(), true, true);
      return report("password", KeyName.PASSWORD, value, from);
    }
  }
}
