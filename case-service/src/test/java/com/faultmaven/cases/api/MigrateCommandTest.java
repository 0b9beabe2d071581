package com.faultmaven.cases.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.faultmaven.cases.domain.legacy.LegacyFixtures;
import com.faultmaven.cases.domain.legacy.LegacyRedis;
import com.faultmaven.common.id.Ids;
import com.faultmaven.common.security.Roles;
import com.faultmaven.common.testing.ServersResource;
import com.faultmaven.common.testing.TestTokens;
import com.faultmaven.local.Main;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.core.Vertx;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./faultmaven migrate redis} against the running service. */
@QuarkusTest
@WithTestResource(ServersResource.class)
class MigrateCommandTest {
  @TempDir Path directory;
  @Inject Vertx vertx;

  @ConfigProperty(name = "faultmaven.redis.url")
  String url;

  @ConfigProperty(name = "quarkus.http.test-port")
  int port;

  private final String owner = Ids.next();
  private final String one = Ids.next();
  private LegacyRedis redis;

  @BeforeEach
  void connect() throws IOException {
    redis = new LegacyRedis(vertx, url, "m" + Ids.next().substring(24) + ":case:");
    redis.text(one, LegacyFixtures.whole(one, owner).toString());
    Files.writeString(token(), TestTokens.bearer(Ids.next(), Roles.ADMIN) + "\n");
  }

  @AfterEach
  void disconnect() {
    redis.close();
  }

  @Test
  void importsAndReports() throws Exception {
    Result dry = migrate("--dry-run");
    assertThat(dry.output).containsPattern("importable +1").containsPattern("refused +0");
    assertThat(dry.code).isZero();

    Result first = migrate();
    assertThat(first.output).containsPattern("imported +1").doesNotContain("refused because");
    assertThat(first.code).isZero();

    redis.text("wrong", LegacyFixtures.small("wrong", owner).put("title", "").toString());
    Result second = migrate();
    assertThat(second.output)
        .containsPattern("already there +1")
        .containsPattern("refused +1")
        .contains(redis.key("wrong"), "title", "is missing or blank");
    assertThat(second.code).isEqualTo(1);
    List<String> report = Files.readAllLines(report(), UTF_8);
    assertThat(report).hasSize(2);
    assertThat(new ObjectMapper().readTree(report.getFirst()).path("key").asText())
        .isEqualTo(redis.key("wrong"));
    assertThat(new ObjectMapper().readTree(report.getLast()).path("already_there").asInt())
        .isEqualTo(1);
  }

  @Test
  void saysWhatTheServiceSaid() throws Exception {
    Result refused =
        run(
            "migrate",
            "redis",
            "--url",
            "http://x",
            "--case-service",
            "http://127.0.0.1:" + port,
            "--token-file",
            token().toString());
    assertThat(refused.code).isEqualTo(1);
    assertThat(refused.output).contains("answers 400", "url must be like redis://");

    Files.writeString(token(), TestTokens.bearer(owner));
    assertThat(migrate().output).contains("answers 403");
  }

  @Test
  void explainsWrongArguments() throws Exception {
    assertThat(run("migrate", "redis").code).isEqualTo(2);
    assertThat(run("migrate", "mongo").code).isEqualTo(2);
    assertThat(run("migrate", "redis", "--url").output).contains("--url needs a value", "usage:");
    assertThat(run("migrate", "redis", "--url", url, "--token-file", "x").code).isEqualTo(2);
    assertThat(run("migrate", "redis", "--url", url, "--port", "x").code).isEqualTo(2);
    assertThat(run("migrate", "redis", "--url", url).code).isEqualTo(3);
    assertThat(run("migrate", "--help").output).contains("--dry-run");
  }

  private record Result(int code, String output) {}

  private Path token() {
    return directory.resolve("token");
  }

  private Path report() {
    return directory.resolve("report.jsonl");
  }

  private Result migrate(String... more) throws IOException, InterruptedException {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "migrate",
                "redis",
                "--url",
                url,
                "--pattern",
                redis.pattern(),
                "--report",
                report().toString(),
                "--case-service",
                "http://127.0.0.1:" + port + "/",
                "--token-file",
                token().toString()));
    arguments.addAll(List.of(more));
    return run(arguments.toArray(String[]::new));
  }

  private Result run(String... arguments) throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Dfaultmaven.home=" + directory.resolve("home"),
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
    command.addAll(List.of(arguments));
    Path output = Files.createTempFile(directory, "output", ".txt");
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    int code = process.waitFor();
    return new Result(code, Files.readString(output, UTF_8));
  }
}
