package com.faultmaven.artifact.preprocess.extract.config;

import java.io.StringReader;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.DocumentEndEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.MappingEndEvent;
import org.yaml.snakeyaml.events.MappingStartEvent;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.events.SequenceEndEvent;
import org.yaml.snakeyaml.events.SequenceStartEvent;

/**
 * YAML, also several documents. Reads events, so that no type is ever constructed and no alias is
 * multiplied: an alias of a scalar gives its value so many times as the bound allows, any other its
 * name.
 */
final class YamlConfig implements ConfigReader {
  private static final int MAX_CODE_POINTS = 12_000_000;
  private static final int MAX_LINE = 20_000;

  private final int maxAliases;

  YamlConfig(int maxAliases) {
    this.maxAliases = maxAliases;
  }

  @Override
  public void read(String text, TreeBuilder into) throws ConfigSyntaxException {
    LoaderOptions options = new LoaderOptions();
    options.setCodePointLimit(MAX_CODE_POINTS);
    Walk walk = new Walk(into);
    String clean = readable(text);
    if (clean.length() < text.length()) {
      into.remark("lines are cut after " + MAX_LINE + " characters");
    }
    try {
      for (Event event : new Yaml(new SafeConstructor(options)).parse(new StringReader(clean))) {
        walk.take(event);
        if (into.full()) {
          return;
        }
      }
    } catch (MarkedYAMLException e) {
      int line = e.getProblemMark() == null ? 0 : e.getProblemMark().getLine() + 1;
      throw new ConfigSyntaxException("YAML breaks off at line " + line + ": " + e.getProblem());
    } catch (YAMLException e) {
      throw new ConfigSyntaxException("YAML cannot be read on");
    }
  }

  // The reader refuses the whole text for one character that YAML does not allow, and takes time
  // with the square of a line's length.
  private static String readable(String text) {
    StringBuilder clean = new StringBuilder(text.length());
    int length = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean ends = c == '\n' || c == '\r';
      length = ends ? 0 : length + 1;
      if (ends || length <= MAX_LINE) {
        boolean allowed =
            (c >= ' ' && c < 0x7F) || ends || c == '\t' || (c >= 0xA0 && c < 0xFFFE && c != 0xFEFF);
        clean.append(allowed ? c : ' ');
      }
    }
    return clean.toString();
  }

  private final class Walk {
    private final TreeBuilder into;
    private final Map<String, String> anchors = new HashMap<>();
    private final ArrayDeque<boolean[]> expectsKey = new ArrayDeque<>();
    private int aliases;

    Walk(TreeBuilder into) {
      this.into = into;
    }

    void take(Event event) {
      switch (event) {
        case MappingStartEvent start -> {
          complexKey();
          into.startMapping();
          expectsKey.push(new boolean[] {true, true});
        }
        case SequenceStartEvent start -> {
          complexKey();
          into.startSequence();
          expectsKey.push(new boolean[] {false, false});
        }
        case MappingEndEvent end -> end();
        case SequenceEndEvent end -> end();
        case ScalarEvent scalar -> scalar(scalar);
        case AliasEvent alias -> text(aliased(alias.getAnchor()));
        case DocumentEndEvent end -> {
          into.endDocument();
          expectsKey.clear();
          anchors.clear();
          aliases = 0;
        }
        default -> {
          // Starts of streams and documents, and comments, say nothing.
        }
      }
    }

    private void scalar(ScalarEvent scalar) {
      if (scalar.getAnchor() != null) {
        anchors.put(scalar.getAnchor(), scalar.getValue());
      }
      text(scalar.getValue());
    }

    private String aliased(String anchor) {
      String value = anchors.get(anchor);
      return value == null || ++aliases > maxAliases ? "*" + anchor : value;
    }

    private void text(String value) {
      boolean[] mapping = expectsKey.peek();
      if (mapping != null && mapping[0] && mapping[1]) {
        into.key(value);
        mapping[1] = false;
      } else {
        into.scalar(value);
        valueTaken();
      }
    }

    // A mapping or sequence as a key has no name that a path could show.
    private void complexKey() {
      boolean[] mapping = expectsKey.peek();
      if (mapping != null && mapping[0] && mapping[1]) {
        into.key("?");
      }
    }

    private void end() {
      into.end();
      if (!expectsKey.isEmpty()) {
        expectsKey.pop();
      }
      valueTaken();
    }

    private void valueTaken() {
      boolean[] mapping = expectsKey.peek();
      if (mapping != null && mapping[0]) {
        mapping[1] = true;
      }
    }
  }
}
