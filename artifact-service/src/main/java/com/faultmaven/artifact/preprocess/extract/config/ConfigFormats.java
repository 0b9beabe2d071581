package com.faultmaven.artifact.preprocess.extract.config;

import com.faultmaven.artifact.preprocess.PreprocessingLimits;
import com.faultmaven.artifact.preprocess.text.Lines;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Finds the format of a configuration, from its content first and its name second, and reads it.
 */
final class ConfigFormats {
  private static final int LOOKED = 300;
  private static final Pattern SECTION = Pattern.compile("^\\[{1,2}[^\\[\\]=]{1,120}\\]{1,2}$");
  private static final Pattern TOML_VALUE =
      Pattern.compile(
          "^[\\w.\"-]{1,120} {0,8}= {0,8}(?:\".*|'.*|\\[.*|\\{.*|true|false|[-+]?\\d[\\w:.+-]{0,40})(?: *#.*)?$");
  private static final Pattern PAIR =
      Pattern.compile("^(?:export )?[\\w.\\-/\\[\\]]{1,120} {0,20}=.*$");
  private static final Pattern ENV = Pattern.compile("^(?:export )?[A-Z][A-Z0-9_]{1,80}=.*$");
  private static final Pattern BLOCK = Pattern.compile("^[A-Za-z_][\\w./~^*\"$ -]{0,200}\\{$");
  private static final Pattern YAML =
      Pattern.compile("^(?:- )*[\\w\"'./$-][^:]{0,120}:(?: .*)?$|^- \\S.*$|^---.*$");

  private final PreprocessingLimits limits;

  ConfigFormats(PreprocessingLimits limits) {
    this.limits = limits;
  }

  /** A format with what reads it. */
  private record Format(String name, ConfigReader reader) {}

  /** Reads a configuration; of a broken one, what comes before the break. */
  ConfigTree read(String text, String filename) {
    List<String> problems = new ArrayList<>();
    for (Format format : candidates(text, filename.toLowerCase(Locale.ROOT))) {
      TreeBuilder built = new TreeBuilder(limits.maxNodes(), limits.maxDepth());
      try {
        format.reader().read(text, built);
        return ConfigTree.of(format.name(), built, List.of());
      } catch (ConfigSyntaxException e) {
        problems.add(e.getMessage());
        if (!built.documents().isEmpty() && problems.size() == 1) {
          // The likeliest format with something to show beats a lucky reading as another.
          return ConfigTree.of(format.name(), built, problems);
        }
      }
    }
    TreeBuilder none = new TreeBuilder(limits.maxNodes(), limits.maxDepth());
    return ConfigTree.of("text", none, problems);
  }

  private List<Format> candidates(String text, String filename) {
    String start = text.substring(0, Math.min(400, text.length())).stripLeading();
    List<Format> formats = new ArrayList<>();
    boolean brace =
        start.startsWith("{")
            || (start.startsWith("[") && !SECTION.matcher(firstLine(start)).matches());
    if (brace || start.startsWith("//") || start.startsWith("/*") || filename.endsWith(".json")) {
      formats.add(new Format("JSON", new JsonConfig()));
    }
    if (start.startsWith("<")) {
      formats.add(new Format("XML", new XmlConfig()));
    }
    formats.addAll(byLines(text, filename));
    return formats;
  }

  private List<Format> byLines(String text, String filename) {
    Lines lines = new Lines(text);
    int filled = 0;
    int sections = 0;
    int toml = 0;
    int pairs = 0;
    int env = 0;
    int blocks = 0;
    int yaml = 0;
    for (int i = 0; i < Math.min(LOOKED, lines.count()); i++) {
      String line = lines.line(i, 500).strip();
      if (line.isEmpty() || line.charAt(0) == '#' || line.charAt(0) == ';') {
        continue;
      }
      filled++;
      sections += is(SECTION, line);
      toml += is(TOML_VALUE, line);
      pairs += is(PAIR, line);
      env += is(ENV, line);
      blocks += is(BLOCK, line);
      yaml += is(YAML, line);
    }
    Format hcl = new Format(filename.endsWith(".conf") ? "blocks" : "HCL", new BlockConfig());
    Format tomlFormat = new Format("TOML", new TomlConfig());
    Format yamlFormat = new Format("YAML", new YamlConfig(limits.maxAliases()));
    Format propertiesFormat = new Format("properties", new KeyValueConfig(true));
    Format ini = new Format("INI", new KeyValueConfig(false));
    Format envFormat = new Format("env", new KeyValueConfig(false));
    List<Format> formats = new ArrayList<>();
    if (filename.endsWith(".toml")) {
      formats.add(tomlFormat);
    } else if (filename.endsWith(".properties")) {
      formats.add(propertiesFormat);
    } else if (blocks > 0 && yaml < filled * 0.5) {
      formats.add(hcl);
    }
    if (sections > 0 || pairs > filled * 0.5) {
      if (toml > pairs * 0.95 && !filename.endsWith(".ini") && pairs > 0 && sections > 0) {
        formats.add(tomlFormat);
      }
      formats.add(sections > 0 ? ini : env > filled * 0.8 ? envFormat : propertiesFormat);
    }
    formats.add(yamlFormat);
    formats.add(propertiesFormat);
    return formats;
  }

  private static int is(Pattern pattern, String line) {
    return pattern.matcher(line).matches() ? 1 : 0;
  }

  private static String firstLine(String text) {
    int end = text.indexOf('\n');
    return end < 0 ? text.strip() : text.substring(0, end).strip();
  }
}
