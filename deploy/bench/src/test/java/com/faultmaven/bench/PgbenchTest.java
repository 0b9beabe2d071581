package com.faultmaven.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class PgbenchTest {
  private static final String OUTPUT =
      """
      pgbench (15.18 (Debian 15.18-0+deb12u1), server 17.11)
      transaction type: script.sql
      scaling factor: 1
      query mode: prepared
      number of clients: 2
      number of threads: 1
      maximum number of tries: 1
      duration: 1 s
      number of transactions actually processed: 4
      number of failed transactions: %d (0.000%%)
      latency average = 0.400 ms
      initial connection time = 7.871 ms
      tps = 5000.000000 (without initial connection time)
      """;
  private static final String LOG =
      """
      0 1 300 0 1769860800 130000
      1 1 500 0 1769860800 130100
      0 2 100 0 1769860800 130200
      1 2 700 0 1769860800 130300
      """;

  @Test
  void readsThroughputFromItsWordsAndLatenciesFromItsLog() throws IOException {
    Latencies latencies = new Latencies();
    Pgbench.readLog(LOG, 0, latencies);

    Figures figures = Pgbench.figures(OUTPUT.formatted(0), latencies);

    assertThat(figures).isEqualTo(new Figures(4, 5_000, 0.3, 0.7));
  }

  @Test
  void skipsTheRunsInWhichTheWorkIsPlanned() throws IOException {
    Latencies latencies = new Latencies();
    Pgbench.readLog(LOG, 1, latencies);

    assertThat(Pgbench.figures(OUTPUT.formatted(0), latencies))
        .isEqualTo(new Figures(2, 5_000, 0.1, 0.7));
  }

  @Test
  void refusesARunWithFailures() {
    Latencies latencies = new Latencies();
    Pgbench.readLog(LOG, 0, latencies);

    assertThatThrownBy(() -> Pgbench.figures(OUTPUT.formatted(1), latencies))
        .isInstanceOf(IOException.class);
    assertThatThrownBy(() -> Pgbench.figures("pgbench: error: …", latencies))
        .isInstanceOf(IOException.class);
  }

  @Test
  void givesItsStatementsToJdbcToo() {
    NamedSql sql = new NamedSql("SELECT :user_id::text, :i::text, now()::date, :i");

    assertThat(sql.forJdbc()).isEqualTo("SELECT ?::text, ?::text, now()::date, ?");
    assertThat(sql.names()).containsExactly("user_id", "i", "i");
  }
}
