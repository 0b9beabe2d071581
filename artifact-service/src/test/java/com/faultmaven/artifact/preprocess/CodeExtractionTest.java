package com.faultmaven.artifact.preprocess;

import static com.faultmaven.common.model.artifact.DataType.SOURCE_CODE;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CodeExtractionTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Foo.java | Java | 7-18 function load",
        "a.py | Python | 4-8 function get",
        "a.go | Go | 9-15 function Do",
        "a.ts | TypeScript | 8-10 function run",
        "a.rs | Rust | 4-4 function new",
        "a.c | C | 2-7 function add",
        "a.sql | SQL | 2-2 table users",
        "a.sh | shell | 3-6 function deploy",
      })
  void findsPartsWithTheirLines(String name, String language, String part) throws IOException {
    Extraction found = Samples.extract(name, SOURCE_CODE);

    assertThat(found.summary()).startsWith(language + ", ");
    assertThat(found.fullExtraction()).contains(part);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Foo.java | swallowed exception at line 12 in load",
        "Foo.java | unbounded retry: a loop without an end at line 15 in load",
        "Foo.java | SQL built from strings at line 10 in load",
        "Foo.java | hard-coded secret at line 5",
        "Foo.java | TODO at line 6",
        "a.py | swallowed exception at line 7 in get",
        "a.py | call without a timeout at line 6 in get",
        "a.py | SQL built from strings at line 10 in b",
        "a.go | ignored error at line 11 in Do",
        "a.ts | swallowed exception at line 4 in load",
        "a.rs | panics on failure: unwrap at line 6 in main",
        "a.c | writes without a bound at line 5 in add",
        "a.sql | changes or drops everything at line 4",
        "a.sh | removes what an unset variable names at line 4 in deploy",
      })
  void findsRiskyPatterns(String name, String finding) throws IOException {
    Extraction found = Samples.extract(name, SOURCE_CODE);

    assertThat(found.insights()).anyMatch(text -> text.startsWith(finding));
  }

  @Test
  void neverShowsHardCodedSecret() throws IOException {
    Extraction found = Samples.extract("Foo.java", SOURCE_CODE);

    assertThat(found.summary() + found.fullExtraction() + found.insights())
        .doesNotContain("hunter22");
  }

  @Test
  void showsLinesThatStackTraceNames() throws IOException {
    ExtractionContext context =
        Samples.PLAIN.withStackTraces(
            List.of("java.lang.X\n\tat a.b.Foo.load(Foo.java:11)\n\tat a.b.Bar.go(Bar.java:3)"));

    Extraction found =
        Samples.ENGINE.extract(Samples.resource("Foo.java"), "Foo.java", SOURCE_CODE, context);

    assertThat(found.insights().getFirst())
        .startsWith("A stack trace of this case names line 11 in load: run(q);");
  }

  @Test
  void ignoresWhatStandsInCommentsAndStrings() throws IOException {
    String source =
        """
        class A {
          // catch (Exception e) {}
          String text = "catch (Exception e) {} while (true) { retry }";
          void run() {
            /* new Socket( */
          }
        }
        """;

    Extraction found = Samples.extract(source, "A.java", SOURCE_CODE);

    assertThat(found.summary()).contains("No risky patterns");
    assertThat(found.fullExtraction()).contains("4-6 function run");
  }
}
