package com.faultmaven.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.faultmaven.bench.BareWork.Plans;
import com.faultmaven.bench.BareWork.Range;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReplayTest {
  private static final String USER = "01990000-0000-7000-8000-000000000001";
  private static final String MADE = "01990000-0000-7000-8000-000000000002";
  private static final String CASE = "4000000000000000000";
  private static final Range OTHERS =
      new Range(4_000_000_000_000_000_000L, 4_000_000_000_000_000_099L);

  @Test
  void asksForAnotherCaseAtEachRun() {
    BareWork work =
        Replay.of(USER, CASE, OTHERS)
            .of(
                List.of(
                    new LoggedStatement(
                        "SELECT 1 FROM evidence WHERE case_id = $1 AND source_type = $2::text"
                            + " AND user_id = $3 LIMIT $4",
                        Arrays.asList(CASE, "log_file", USER, null))));

    assertThat(work.statements())
        .containsExactly(
            new NamedSql(
                "SELECT 1 FROM evidence WHERE case_id = :case_id AND source_type = :value_0::text"
                    + " AND user_id = :value_1 LIMIT NULL"));
    assertThat(work.values()).isEqualTo(Map.of("value_0", "log_file", "value_1", USER));
    assertThat(work.ranges()).isEqualTo(Map.of("case_id", OTHERS));
  }

  @Test
  void makesIdsAnewThatTheServiceHasMade() {
    BareWork work =
        Replay.of(USER, CASE, OTHERS)
            .of(
                List.of(
                    new LoggedStatement(
                        "INSERT INTO case_messages SELECT $1::text::jsonb",
                        List.of("[{\"id\":\"" + MADE + "\",\"case\":\"" + CASE + "\"}]"))));

    assertThat(work.statements())
        .containsExactly(
            new NamedSql(
                "INSERT INTO case_messages SELECT (:value_0::text || :fresh::text ||"
                    + " :value_1::text || :case_id::text || :value_2::text)::text::jsonb"));
    assertThat(work.values())
        .isEqualTo(
            Map.of("value_0", "[{\"id\":\"", "value_1", "\",\"case\":\"", "value_2", "\"}]"));
    assertThat(work.ranges()).containsOnlyKeys("case_id", "fresh");
  }

  @Test
  void hidesFromPgbenchWhatLooksLikeItsNames() {
    String text =
        """
        SELECT to_char(created_at, 'HH24:MI "it''s" \\ SS: Z'), 'a'::text
        -- a comment: with 'half a quote
        FROM cases""";
    BareWork work = Replay.of("search_a", USER).of(List.of(new LoggedStatement(text, List.of())));

    assertThat(work.statements())
        .containsExactly(
            new NamedSql(
                """
                SELECT to_char(created_at, E'HH24\\x3AMI "it''s" \\\\ SS: Z'), 'a'::text

                FROM cases"""));
    assertThat(work.statements().getFirst().names()).isEmpty();
  }

  @Test
  void isPlannedAsTheServiceHasItPlanned() {
    BareWork work =
        Replay.of("value", USER).of(List.of(new LoggedStatement("SELECT 1", List.of())));

    assertThat(BareSql.options(List.of(work)))
        .isEqualTo(
            "-c bytea_output=escape -c faultmaven.role=service"
                + " -c plan_cache_mode=force_generic_plan");
    assertThat(BareSql.options(List.of(work.with(Plans.BY_VALUES))))
        .endsWith(" -c plan_cache_mode=auto");
  }

  @Test
  void becomesAScriptOfPgbench() {
    BareWork one =
        new BareWork(
            List.of(new NamedSql("SELECT :case_id")),
            Map.of(),
            Map.of("case_id", new Range(4, 9).every(3)),
            Plans.ONE);
    BareWork two =
        new BareWork(
            List.of(new NamedSql("UPDATE cases"), new NamedSql("INSERT INTO t\n")),
            Map.of(),
            Map.of("fresh", new Range(1, 3), "case_id", new Range(4, 9)),
            Plans.ONE);

    assertThat(Pgbench.script(one))
        .isEqualTo("\\set case_id 4 + 3 * random(0, 1)\nSELECT :case_id;\n\\set i :i + 1\n");
    assertThat(Pgbench.script(two))
        .isEqualTo(
            """
            \\set case_id 4 + 1 * random(0, 5)
            \\set fresh 1 + 1 * random(0, 2)
            BEGIN;
            UPDATE cases;
            INSERT INTO t;
            COMMIT;
            \\set i :i + 1
            """);
  }
}
