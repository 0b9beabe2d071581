package com.faultmaven.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LoggedStatementTest {
  private static final String LOG =
      """
      2026-01-31 12:00:00.123 UTC [4711] LOG:  statement: BEGIN
      2026-01-31 12:00:00.124 UTC [4711] LOG:  execute S_1: SELECT a,
      \t  '[LOG:  ]'
      \tFROM evidence WHERE case_id = $1 AND b = $2 AND c = $3
      2026-01-31 12:00:00.124 UTC [4711] DETAIL:  Parameters: $1 = 'it''s, $2 = ''x''', $2 = NULL, $3 = 'two
      \tlines'
      2026-01-31 12:00:00.125 UTC [4712] LOG:  execute S_1: SELECT $1
      2026-01-31 12:00:00.125 UTC [4712] DETAIL:  Parameters: $1 = 'of another database'
      2026-01-31 12:00:00.125 UTC [4713] LOG:  checkpoint starting: time
      2026-01-31 12:00:00.126 UTC [4711] ERROR:  no such thing
      2026-01-31 12:00:00.126 UTC [4711] LOG:  execute <unnamed>: COMMIT
      """;

  @Test
  void readsStatementsWithTheirParameters() {
    assertThat(LoggedStatement.read(LOG, Set.of(4711L)))
        .containsExactly(
            new LoggedStatement("BEGIN", List.of()),
            new LoggedStatement(
                "SELECT a,\n  '[LOG:  ]'\nFROM evidence WHERE case_id = $1 AND b = $2 AND c = $3",
                Arrays.asList("it's, $2 = 'x'", null, "two\nlines")),
            new LoggedStatement("COMMIT", List.of()));
  }

  @Test
  void findsNothingInALogOfOtherThings() {
    assertThat(LoggedStatement.read("", Set.of(1L))).isEmpty();
    assertThat(LoggedStatement.read("2026-01-31 12:00:00.1 UTC [1] LOG:  ready\n", Set.of(1L)))
        .isEmpty();
  }
}
