package com.faultmaven.artifact.preprocess.classify;

import com.faultmaven.common.model.artifact.DataType;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a file's name says of its type: a hint, weaker than anything in the file. */
final class FileName {
  private static final Set<String> LOGS =
      Set.of("log", "err", "out", "trace", "stacktrace", "journal");
  private static final Set<String> METRICS = Set.of("csv", "tsv", "prom", "om", "metrics");
  private static final Set<String> CONFIG =
      Set.of(
          "yaml",
          "yml",
          "toml",
          "ini",
          "conf",
          "cfg",
          "cnf",
          "properties",
          "env",
          "xml",
          "tf",
          "tfvars",
          "hcl",
          "json",
          "jsonc",
          "json5",
          "config",
          "service",
          "editorconfig");
  private static final Set<String> CODE =
      Set.of(
          "java", "py", "js", "mjs", "cjs", "ts", "tsx", "jsx", "go", "sql", "c", "h", "cc", "cpp",
          "cxx", "hpp", "rs", "sh", "bash", "zsh", "kt", "kts", "scala", "rb", "php", "cs", "swift",
          "groovy", "gradle", "ps1", "pl", "lua", "r", "css", "scss", "vue", "proto", "bat");
  private static final Set<String> TEXT =
      Set.of("md", "markdown", "rst", "adoc", "txt", "text", "html", "htm", "eml", "org");
  private static final Map<String, DataType> WHOLE =
      Map.of(
          "dockerfile", DataType.SOURCE_CODE,
          "makefile", DataType.SOURCE_CODE,
          "jenkinsfile", DataType.SOURCE_CODE,
          "readme", DataType.UNSTRUCTURED_TEXT,
          "syslog", DataType.LOGS_AND_ERRORS,
          "messages", DataType.LOGS_AND_ERRORS,
          "dmesg", DataType.LOGS_AND_ERRORS,
          ".env", DataType.STRUCTURED_CONFIG);

  /** Extensions that files of several types have. */
  private static final Set<String> VAGUE =
      Set.of("json", "csv", "tsv", "xml", "txt", "out", "conf");

  private FileName() {}

  /** The type that a name speaks for, or null. */
  static @Nullable DataType typeOf(String filename) {
    String name = filename.toLowerCase(Locale.ROOT);
    DataType whole = WHOLE.get(name);
    if (whole != null) {
      return whole;
    }
    String extension = extension(name);
    if (LOGS.contains(extension) || name.contains(".log.")) {
      return DataType.LOGS_AND_ERRORS;
    }
    if (METRICS.contains(extension)) {
      return DataType.METRICS_AND_PERFORMANCE;
    }
    if (CONFIG.contains(extension)) {
      return DataType.STRUCTURED_CONFIG;
    }
    if (CODE.contains(extension)) {
      return DataType.SOURCE_CODE;
    }
    return TEXT.contains(extension) ? DataType.UNSTRUCTURED_TEXT : null;
  }

  /** How much a name is worth, 0 to 1: some extensions say little. */
  static double weight(String filename) {
    return VAGUE.contains(extension(filename.toLowerCase(Locale.ROOT))) ? 0.12 : 0.4;
  }

  private static String extension(String name) {
    int dot = name.lastIndexOf('.');
    return dot < 0 ? "" : name.substring(dot + 1);
  }
}
