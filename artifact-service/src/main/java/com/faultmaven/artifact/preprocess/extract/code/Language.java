package com.faultmaven.artifact.preprocess.extract.code;

import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** The languages that code analysis knows, with how they write comments and strings. */
enum Language {
  JAVA("Java", "//", true, "\"'", "java"),
  KOTLIN("Kotlin", "//", true, "\"'", "kt", "kts"),
  CSHARP("C#", "//", true, "\"'", "cs"),
  JAVASCRIPT("JavaScript", "//", true, "\"'`", "js", "mjs", "cjs", "jsx"),
  TYPESCRIPT("TypeScript", "//", true, "\"'`", "ts", "tsx"),
  PYTHON("Python", "#", false, "\"'", "py"),
  GO("Go", "//", true, "\"'`", "go"),
  RUST("Rust", "//", true, "\"", "rs"),
  C("C", "//", true, "\"'", "c", "h"),
  CPP("C++", "//", true, "\"'", "cc", "cpp", "cxx", "hpp", "hh"),
  SQL("SQL", "--", true, "'\"", "sql"),
  SHELL("shell", "#", false, "\"'", "sh", "bash", "zsh", "ksh"),
  OTHER("unknown language", "//", true, "\"");

  private static final Map<Language, Pattern> SIGNS =
      Map.of(
          JAVA,
              signs(
                  "^(?:package [\\w.]+;|import (?:static )?[\\w.*]+;)|\\bpublic (?:final |abstract )?(?:class|interface|record|enum) "),
          TYPESCRIPT,
              signs("^(?:export )?(?:interface|type) \\w+|: (?:string|number|boolean|void)\\b"),
          JAVASCRIPT,
              signs(
                  "\\b(?:const|let) \\w+ = |=> \\{|\\brequire\\(|module\\.exports|\\bfunction \\w*\\("),
          PYTHON,
              signs(
                  "^[ \\t]*(?:def \\w+\\(.*|class \\w+.*|from [\\w.]+ import .*|if .*:$|import \\w+$)|\\bself\\."),
          GO, signs("^package \\w+$|^func |:= |\\bif err != nil"),
          RUST, signs("\\bfn \\w+|\\blet mut |^use [\\w:]+|\\bimpl\\b|println!"),
          CPP, signs("\\bstd::|^#include <[a-z_]+>|\\btemplate ?<|^using namespace"),
          C, signs("^#include|\\b(?:int|void|char) \\*?\\w+\\(|\\bmalloc\\(|\\bstruct \\w+"),
          SQL,
              signs(
                  "(?i)^[ \\t]*(?:select|insert into|update|delete from|create (?:table|index|view)|alter table|from|where)\\b"),
          SHELL,
              signs(
                  "^#!.*sh\\b|^[ \\t]*(?:fi|done|esac|then)$|^[ \\t]*(?:if|while) \\[|\\$\\{?\\w+|^[ \\t]*echo "));

  private final String title;
  private final String lineComment;
  private final boolean blockComments;
  private final String quotes;
  private final String extensions;

  Language(
      String title,
      String lineComment,
      boolean blockComments,
      String quotes,
      String... extensions) {
    this.title = title;
    this.lineComment = lineComment;
    this.blockComments = blockComments;
    this.quotes = quotes;
    this.extensions = " " + String.join(" ", extensions) + " ";
  }

  private static Pattern signs(String pattern) {
    return Pattern.compile(pattern, Pattern.MULTILINE);
  }

  /** Tells the language from the name, or else from the first part of the text. */
  static Language of(String filename, String text) {
    String name = filename.toLowerCase(Locale.ROOT);
    String extension = name.substring(name.lastIndexOf('.') + 1);
    for (Language language : values()) {
      if (language.extensions.contains(" " + extension + " ")) {
        return language;
      }
    }
    return bySigns(text.substring(0, Math.min(20_000, text.length())));
  }

  private static Language bySigns(String text) {
    String first = text.substring(0, Math.min(100, text.length())).lines().findFirst().orElse("");
    if (first.startsWith("#!")) {
      return first.contains("python") ? PYTHON : first.contains("node") ? JAVASCRIPT : SHELL;
    }
    Language best = OTHER;
    long most = 1;
    for (Language language : values()) {
      Pattern signs = SIGNS.get(language);
      long found = signs == null ? 0 : signs.matcher(text).results().limit(200).count();
      if (found > most) {
        most = found;
        best = language;
      }
    }
    return best;
  }

  String title() {
    return title;
  }

  String lineComment() {
    return lineComment;
  }

  boolean hasBlockComments() {
    return blockComments;
  }

  /** The characters that begin and end a string. */
  String quotes() {
    return quotes;
  }

  /** Whether braces hold blocks together. */
  boolean hasBraces() {
    return this != PYTHON && this != SQL;
  }

  /** Whether functions are declared as in C: a type, a name, parameters, a block. */
  boolean declaresLikeC() {
    return this == JAVA || this == CSHARP || this == C || this == CPP || this == OTHER;
  }

  boolean isScript() {
    return this == JAVASCRIPT || this == TYPESCRIPT;
  }
}
