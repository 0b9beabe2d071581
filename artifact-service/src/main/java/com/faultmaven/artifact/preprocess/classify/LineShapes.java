package com.faultmaven.artifact.preprocess.classify;

import com.faultmaven.artifact.preprocess.text.LevelReader;
import com.faultmaven.artifact.preprocess.text.Timestamp;
import com.faultmaven.artifact.preprocess.text.TimestampReader;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What shares of a text's lines look like.
 *
 * @param lines how many lines were looked at; blank ones are not
 * @param stamped share that begins with a timestamp
 * @param leveled share with a level field
 * @param trace share that belongs to stack traces
 * @param samples share that is Prometheus text
 * @param pairs share that is {@code key = value}
 * @param keyed share that is {@code key: value} of YAML
 * @param items share that is {@code - item} of YAML
 * @param section share that is {@code [section]}
 * @param comment share that is a comment
 * @param directive share that is a directive or a block in braces without a keyword of code
 * @param code share that ends, or begins, as code does
 * @param keyword share that begins with a keyword of code
 * @param prose share that reads as a sentence
 * @param markdown share that is a heading, list item, table row or fence of Markdown
 */
record LineShapes(
    int lines,
    double stamped,
    double leveled,
    double trace,
    double samples,
    double pairs,
    double keyed,
    double items,
    double section,
    double comment,
    double directive,
    double code,
    double keyword,
    double prose,
    double markdown) {
  private static final Pattern TRACE =
      Pattern.compile(
          "^(?:\\s+at \\S.{0,300}[):]|\\s*File \".{1,300}\", line \\d+|Caused by: |Suppressed: "
              + "|\\s*\\.\\.\\. \\d+ (?:more|common)|Traceback \\(most recent|goroutine \\d+ \\["
              + "|\\s+/\\S{1,200}\\.go:\\d+|panic: |Exception in thread |thread '.{0,80}' panicked"
              + "|\\s*from \\S{1,200}:\\d+:in |#\\d+ {1,2}0x|(?:[\\w$]{1,80}\\.){0,12}[A-Z]\\w{0,80}"
              + "(?:Exception|Error)(?::|$))");
  private static final Pattern SAMPLE =
      Pattern.compile(
          "^(?:# (?:HELP|TYPE|UNIT|EOF)\\b.*|[a-zA-Z_:][\\w:]{0,200}(?:\\{[^}]{0,2000}\\})?"
              + " [-+]?(?:\\d[\\d.eE+-]{0,30}|NaN|Inf|\\+Inf)(?: -?\\d{1,20}(?:\\.\\d+)?)?(?: # .*)?)$");
  private static final Pattern PAIR =
      Pattern.compile("^\\s*(?:export )?[A-Za-z_][\\w.\\-/\\[\\]]{0,120} {0,20}=(?!=).*$");
  private static final Pattern KEYED =
      Pattern.compile(
          "^\\s*(?:- )*(?:\"[^\"]{1,120}\"|'[^']{1,120}'|[A-Za-z_$./<*][\\w.\\-/$*~]{0,120}):(?: .*)?$"
              + "|^---(?: .*)?$");
  private static final Pattern ITEM = Pattern.compile("^\\s*- \\S");
  private static final Pattern SECTION =
      Pattern.compile("^\\s*\\[{1,2}[^\\[\\]=]{1,120}\\]{1,2}\\s*$");
  private static final Pattern DIRECTIVE =
      Pattern.compile(
          "^\\s*(?:[a-z][\\w.-]{0,60}(?: [^;={}()]{1,300})?;|[a-z_][\\w.-]{0,60}(?: [^;={}()]{1,120})?\\{|\\})\\s*$");
  private static final Pattern KEYWORD =
      Pattern.compile(
          "^\\s*(?:import |from [\\w.]+ import |package [\\w.]+;?$|#include\\b|#define |#if|#pragma"
              + "|using [\\w.:]+;|namespace |public |private |protected |static |final |class \\w"
              + "|interface \\w|enum \\w|record \\w|struct \\w|trait \\w|impl\\b|def \\w|async |fn \\w"
              + "|func |function\\b|const \\w|let \\w|var \\w|return\\b|if ?\\(|if .{1,200}[:{]$|if \\["
              + "|else\\b|elif |elsif |for ?\\(|for .{1,200}[:{]$|while ?\\(|while .{1,200}[:{]$|switch ?\\("
              + "|try\\b|except\\b|catch ?\\(|\\} ?catch|finally\\b|raise |throw |yield |await |pub |use \\w"
              + "|mod \\w|match |type \\w+ |defer |go func|select \\{|module\\.exports|@\\w+|#!/|fi$|done$"
              + "|then$|esac$|local \\w|echo |set -|with .{1,200}:$|void |int \\w|char |double |bool "
              + "|unsigned |size_t |template ?<|typedef |extern "
              + "|(?i:select |insert into |update \\w+ set|delete from |create (?:or replace )?"
              + "(?:table|index|view|function|procedure|database)|alter table|drop |begin;|commit;"
              + "|where |group by |order by |left join|inner join|join \\w))");
  private static final Pattern CODE_END =
      Pattern.compile("(?:[;{}]|\\)|\\) ?\\{|=>|,)\\s*(?://.*)?$");
  private static final Pattern MARKDOWN =
      Pattern.compile(
          "^(?:#{1,6} \\S|\\s*[*+-] \\S|\\s*\\d{1,3}[.)] \\S|\\|.*\\||>|```|~~~|={3,}$|-{3,}$)");
  private static final Pattern COMMENT = Pattern.compile("^\\s*(?:#|//|;|/\\*|\\*|--|<!--)");
  private static final Set<String> STOP_WORDS =
      Set.of(
          "the", "a", "an", "of", "to", "and", "in", "is", "it", "that", "for", "on", "with", "as",
          "was", "be", "by", "are", "this", "we", "not", "or", "from", "at", "but", "have", "has",
          "which", "if", "can", "will", "you", "they", "were", "our", "when", "der", "die", "und",
          "das", "ist", "nicht", "le", "la", "les", "et", "des", "de", "el", "los", "que");
  private static final int MAX_LINES = 400;
  private static final int MAX_STAMP_START = 80;

  /** Looks at lines. */
  static LineShapes of(List<String> all) {
    List<String> filled = all.stream().filter(line -> !line.isBlank()).toList();
    int step = filled.size() / MAX_LINES + 1;
    Count count = new Count();
    for (int i = 0; i < filled.size(); i += step) {
      count.add(filled.get(i));
    }
    return count.shapes();
  }

  private static final class Count {
    private final TimestampReader times = new TimestampReader();
    private int lines;
    private int stamped;
    private int leveled;
    private int trace;
    private int samples;
    private int pairs;
    private int keyed;
    private int items;
    private int section;
    private int comment;
    private int directive;
    private int code;
    private int keyword;
    private int prose;
    private int markdown;

    void add(String line) {
      lines++;
      Timestamp time = times.find(line);
      stamped += time != null && time.start() <= MAX_STAMP_START + hostLength(line) ? 1 : 0;
      leveled += LevelReader.findField(line) != null ? 1 : 0;
      trace += find(TRACE, line);
      samples += find(SAMPLE, line);
      pairs += find(PAIR, line);
      int named = find(KEYED, line);
      keyed += named;
      items += named == 0 ? find(ITEM, line) : 0;
      section += find(SECTION, line);
      comment += find(COMMENT, line);
      int key = find(KEYWORD, line);
      keyword += key;
      directive += key == 0 ? find(DIRECTIVE, line) : 0;
      code += find(CODE_END, line);
      prose += isSentence(line) ? 1 : 0;
      markdown += find(MARKDOWN, line);
    }

    // Lines of access logs begin with host and user.
    private static int hostLength(String line) {
      int bracket = line.indexOf('[');
      return bracket > 0 && bracket < 80 ? bracket : 0;
    }

    private static int find(Pattern pattern, String line) {
      return pattern.matcher(line).find() ? 1 : 0;
    }

    private static boolean isSentence(String line) {
      String[] words = line.strip().toLowerCase(Locale.ROOT).split("\\s+", -1);
      if (words.length < 5) {
        return false;
      }
      int stop = 0;
      int plain = 0;
      for (String word : words) {
        stop += STOP_WORDS.contains(word) ? 1 : 0;
        plain += word.chars().filter(Character::isLetter).count() >= word.length() * 0.7 ? 1 : 0;
      }
      return plain >= words.length * 0.6 && stop >= words.length * 0.12;
    }

    LineShapes shapes() {
      double n = Math.max(1, lines);
      return new LineShapes(
          lines,
          stamped / n,
          leveled / n,
          trace / n,
          samples / n,
          pairs / n,
          keyed / n,
          items / n,
          section / n,
          comment / n,
          directive / n,
          code / n,
          keyword / n,
          prose / n,
          markdown / n);
    }
  }
}
