package com.faultmaven.bench;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.faultmaven.local.servers.BackingServers;
import com.faultmaven.local.servers.ServerEndpoints.Postgres;
import java.io.ByteArrayInputStream;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.postgresql.PGConnection;

class CopyTextTest {
  private final CopyText text = new CopyText();

  @ParameterizedTest
  @CsvSource({
    "'a\tb', 'a\\tb'",
    "'a\nb', 'a\\nb'",
    "'a\rb', 'a\\rb'",
    "'C:\\new\\t', 'C:\\\\new\\\\t'",
    "'\\N', '\\\\N'",
    "'\\.', '\\\\.'",
    "'Zürich → 東京 🙂', 'Zürich → 東京 🙂'",
    "'', ''"
  })
  void escapesWhatWouldBeMistaken(String field, String written) {
    text.row(field);

    assertThat(new String(text.toBytes(), UTF_8)).isEqualTo(written + "\n");
  }

  @Test
  void writesALineARow() {
    text.row("a", null, 3);
    text.row("b", "", 4);

    assertThat(new String(text.toBytes(), UTF_8)).isEqualTo("a\t\\N\t3\nb\t\t4\n");
    assertThat(text.rows()).isEqualTo(2);
  }

  @Test
  void refusesANul() {
    assertThatThrownBy(() -> text.row("a\0b")).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void refusesHalfACharacter() {
    text.row("\ud83d");

    assertThatThrownBy(text::toBytes).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void comesBackFromPostgresAsItWas() throws Exception {
    List<String> fields =
        List.of(
            "tab\tnewline\nreturn\r",
            "C:\\temp\\new",
            "\\N",
            "\\.",
            "",
            " a ",
            "\b\f\u000b",
            "東京 🙂");
    fields.forEach(text::row);
    text.row((Object) null);

    List<String> stored = new ArrayList<>();
    Postgres postgres = BackingServers.forTests().postgres();
    try (Connection connection =
            DriverManager.getConnection(
                postgres.jdbcUrl("postgres"), postgres.superuser(), postgres.password());
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TEMPORARY TABLE copied (number SERIAL, field TEXT)");
      connection
          .unwrap(PGConnection.class)
          .getCopyAPI()
          .copyIn("COPY copied (field) FROM STDIN", new ByteArrayInputStream(text.toBytes()));
      try (ResultSet rows = statement.executeQuery("SELECT field FROM copied ORDER BY number")) {
        while (rows.next()) {
          stored.add(rows.getString(1));
        }
      }
    }

    assertThat(stored).startsWith(fields.toArray(String[]::new)).endsWith((String) null).hasSize(9);
  }
}
