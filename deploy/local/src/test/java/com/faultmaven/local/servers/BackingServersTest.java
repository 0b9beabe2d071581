package com.faultmaven.local.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.faultmaven.local.process.Component;
import com.faultmaven.local.process.ComponentStatus;
import com.faultmaven.local.process.ComponentStatus.State;
import com.faultmaven.local.process.Secrets;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackingServersTest {
  @TempDir Path directory;
  private BackingServers servers;

  @BeforeEach
  void begin() throws Exception {
    servers =
        new BackingServers(
            directory,
            ServerBinaries.ofThisCheckout(),
            List.of("cases", "artifacts"),
            false,
            status -> {});
    servers.start();
  }

  @AfterEach
  void stop() {
    servers.close();
  }

  @Test
  void keepDataPortsAndPasswordsAcrossARestart() throws Exception {
    ServerEndpoints first = servers.endpoints();
    sql(
        first,
        "postgres",
        "CREATE TABLE kept (value text)",
        "INSERT INTO kept VALUES ('still here')");
    assertThat(redis(first.redisUrl(), "SET kept here")).isEqualTo("+OK");
    servers.stop();
    assertThat(servers.components())
        .extracting(component -> component.status().pid())
        .containsOnly(0L);

    begin();

    assertThat(servers.endpoints()).usingRecursiveComparison().isEqualTo(first);
    assertThat(query(first, "postgres", "SELECT value FROM kept")).isEqualTo("still here");
    assertThat(redis(first.redisUrl(), "GET kept")).isEqualTo("$4");
    refusesWrongCredentials(first);
    rolesMayDoWhatTheirServiceNeeds(first);
    isStartedAgainAfterACrash("redis");
    isStartedAgainAfterACrash("postgres");
    keepsSecretsToItsOwner();
  }

  private void refusesWrongCredentials(ServerEndpoints endpoints) throws Exception {
    ServerEndpoints.Postgres postgres = endpoints.postgres();
    assertThatThrownBy(
            () -> DriverManager.getConnection(postgres.jdbcUrl("postgres"), "postgres", "wrong"))
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("password authentication failed");
    assertThat(
            redis("redis://:wrong@127.0.0.1:" + URI.create(endpoints.redisUrl()).getPort(), "PING"))
        .startsWith("-NOAUTH");
    HttpURLConnection list = (HttpURLConnection) endpoints.s3().endpoint().toURL().openConnection();
    assertThat(list.getResponseCode()).isEqualTo(403);
  }

  private void rolesMayDoWhatTheirServiceNeeds(ServerEndpoints endpoints) throws Exception {
    Secrets secrets = Secrets.in(directory.resolve("secrets.json"));
    String url = endpoints.postgres().jdbcUrl("cases_db");
    try (Connection owner =
            DriverManager.getConnection(url, "cases_owner", secrets.password("cases_owner"));
        Statement statement = owner.createStatement()) {
      statement.execute("CREATE TABLE owned (id int)");
    }
    try (Connection service =
            DriverManager.getConnection(url, "cases_service", secrets.password("cases_service"));
        Statement statement = service.createStatement()) {
      assertThatThrownBy(() -> statement.execute("CREATE TABLE forbidden (id int)"))
          .hasMessageContaining("permission denied");
    }
    assertThatThrownBy(
            () ->
                DriverManager.getConnection(
                    url, "artifacts_owner", secrets.password("artifacts_owner")))
        .hasMessageContaining("permission denied");
  }

  private void isStartedAgainAfterACrash(String name) {
    Component component =
        servers.components().stream()
            .filter(candidate -> candidate.name().equals(name))
            .findFirst()
            .orElseThrow();
    long before = component.status().pid();

    component.kill();

    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(
            () -> {
              ComponentStatus status = component.status();
              assertThat(status.state()).isEqualTo(State.READY);
              assertThat(status.pid()).isNotIn(0L, before);
              assertThat(status.restarts()).isPositive();
            });
  }

  private void keepsSecretsToItsOwner() throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      assertThat(
              files.filter(
                  file ->
                      List.of("secrets.json", "redis.conf", "s3proxy.conf")
                          .contains(file.getFileName().toString())))
          .hasSize(3)
          .allSatisfy(
              file ->
                  assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                      .isEqualTo("rw-------"));
    }
    String password = Secrets.in(directory.resolve("secrets.json")).password("cases_owner");
    try (Stream<Path> logs = Files.list(directory.resolve("logs"))) {
      assertThat(logs)
          .isNotEmpty()
          .allSatisfy(log -> assertThat(log).content().doesNotContain(password));
    }
  }

  private static void sql(ServerEndpoints endpoints, String database, String... statements)
      throws SQLException {
    try (Connection connection = connect(endpoints, database);
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  private static String query(ServerEndpoints endpoints, String database, String sql)
      throws SQLException {
    try (Connection connection = connect(endpoints, database);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getString(1);
    }
  }

  private static Connection connect(ServerEndpoints endpoints, String database)
      throws SQLException {
    ServerEndpoints.Postgres postgres = endpoints.postgres();
    return DriverManager.getConnection(
        postgres.jdbcUrl(database), postgres.superuser(), postgres.password());
  }

  /** First line of the answer to one inline command, after logging in with the URL's password. */
  private static String redis(String url, String command) {
    URI address = URI.create(url);
    String password = Objects.requireNonNull(address.getUserInfo()).substring(1);
    try (Socket socket = new Socket(address.getHost(), address.getPort())) {
      socket
          .getOutputStream()
          .write(("AUTH " + password + "\r\n" + command + "\r\n").getBytes(StandardCharsets.UTF_8));
      BufferedReader answers =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
      answers.readLine();
      return answers.readLine();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
