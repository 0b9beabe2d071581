package com.faultmaven.e2e;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.faultmaven.e2e.Api.Answer;
import com.faultmaven.local.LocalStack;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bad input through the gateway: what is wrong is said, nothing is stored, no secret is logged. */
@ExtendWith(RunningStack.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BadInputTest {
  private static final int LIMIT = 10_485_760;

  private final LocalStack stack;
  private final Person person;
  private final Api api;
  private final String caseId;

  BadInputTest(LocalStack stack) {
    this.stack = stack;
    person = Person.register(stack.gatewayUrl());
    api = new Api(stack.gatewayUrl(), person.token());
    caseId = api.post("/api/v1/cases", "{\"title\": \"Bad input\"}").expect(201).text("case_id");
  }

  private static void assertProblem(Answer answer, int status) {
    assertThat(answer.status()).as(answer.http().body()).isEqualTo(status);
    assertThat(answer.http().headers().firstValue("Content-Type").orElse(""))
        .startsWith("application/problem+json");
    assertThat(answer.text("code")).isNotBlank();
    assertThat(answer.text("detail")).isNotBlank();
    assertThat(answer.body().path("status").asInt()).isEqualTo(status);
    assertThat(answer.text("trace_id")).isNotBlank();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "/api/v1/cases                 | {\"title\":",
        "/api/v1/cases                 | {\"title\": 7}",
        "/api/v1/cases                 | {}",
        "/api/v1/cases                 | {\"title\": \"a\", \"colour\": \"red\"}",
        "/api/v1/cases                 | {\"title\": \"a\\u0000b\"}",
        "/api/v1/sessions              | {\"client_id\": \"\"}",
        "/api/v1/sessions              | {\"client_id\": \"a\", \"ttl\": -1}",
        "/api/v1/auth/login            | {\"username\": \"a\"}",
        "/api/v1/auth/register         | {\"username\": \"a\", \"password\": \"short\"}",
        "/api/v1/users/USER/kb/search  | {\"query\": \"\"}",
        "/api/v1/users/USER/kb/search  | {\"query\": \"a\", \"k\": 100000}",
        "/api/v1/users/USER/kb/documents | {\"title\": \"a\"}",
        "/api/v1/cases/CASE/knowledge/search | {\"question\": \"a\"}",
        "/api/v1/cases/CASE/status     | {\"to_status\": \"dancing\", \"reason\": \"a\"}",
        "/api/v1/cases/CASE/evidence   | {\"content\": \"a\", \"source_type\": \"dream\"}"
      })
  void saysWhatIsWrongWithABody(String path, String body) {
    String filled = path.replace("USER", person.userId()).replace("CASE", caseId);
    assertProblem(api.post(filled, body), 400);
  }

  @Test
  void refusesATextThatIsTooLong() {
    assertProblem(
        api.post("/api/v1/cases", "{\"title\": \"%s\"}".formatted("a".repeat(100_000))), 400);
  }

  @ParameterizedTest
  @ValueSource(strings = {"nonsense", "", "eyJhbGciOiJub25lIn0.eyJzdWIiOiJhIn0."})
  void refusesABadToken(String token) {
    assertProblem(api.as(token).get("/api/v1/cases"), 401);
  }

  @Test
  void hidesWhatBelongsToOthers() {
    Api stranger = api.as(Person.register(stack.gatewayUrl()).token());
    for (String path :
        List.of(
            "/api/v1/cases/" + caseId,
            "/api/v1/cases/" + caseId + "/files",
            "/api/v1/cases/" + UUID.randomUUID(),
            "/api/v1/files/" + UUID.randomUUID(),
            "/api/v1/users/" + person.userId() + "/kb/documents")) {
      assertProblem(stranger.get(path), 404);
    }
  }

  @Test
  void refusesAnEmptyFile() {
    assertProblem(upload("empty.log", new byte[0]), 422);
    assertNoFiles();
  }

  @Test
  void refusesAFileOfOneByteTooMany() {
    Answer answer = upload("large.bin", new byte[LIMIT + 1]);
    assertProblem(answer, 413);
    assertThat(answer.text("code")).isEqualTo("file-too-large");
    assertNoFiles();
  }

  @Test
  void takesAFileAtTheLimit() {
    String own = api.post("/api/v1/cases", "{\"title\": \"Limit\"}").expect(201).text("case_id");
    api.upload("/api/v1/cases/" + own + "/files", "limit.bin", new byte[LIMIT]).expect(201);
  }

  @ParameterizedTest
  @CsvSource({"../../etc/passwd,passwd", "..,", "C:\\temp\\a.log,a.log"})
  void takesNoPathFromAFilename(String name, String expected) {
    String own = api.post("/api/v1/cases", "{\"title\": \"Names\"}").expect(201).text("case_id");
    api.upload(
            "/api/v1/cases/" + own + "/files",
            name,
            "2026-01-31 ERROR a\n".getBytes(UTF_8),
            "processing_mode",
            "overview_cached")
        .expect(201);
    String kept =
        api.get("/api/v1/cases/" + own + "/files")
            .body()
            .path("items")
            .path(0)
            .path("filename")
            .asText();
    assertThat(kept).doesNotContain("/", "\\", "..").isNotBlank();
    if (expected != null) {
      assertThat(kept).isEqualTo(expected);
    }
  }

  @Test
  void takesAFileThatIsNoUtf8() {
    String own = api.post("/api/v1/cases", "{\"title\": \"Latin\"}").expect(201).text("case_id");
    api.upload(
            "/api/v1/cases/" + own + "/files",
            "latin.log",
            "2026-01-31 12:00:00 ERROR caf\u00e9 closed\n".getBytes(ISO_8859_1),
            "processing_mode",
            "overview_cached")
        .expect(201);
  }

  @Test
  void logsNoSecrets() throws IOException {
    String secret = "Secret" + UUID.randomUUID().toString().replace("-", "");
    Api anybody = api.as(null);
    anybody.post(
        "/api/v1/auth/login", "{\"username\": \"nobody\", \"password\": \"%s\"}".formatted(secret));
    anybody.post("/api/v1/auth/refresh", "{\"refresh_token\": \"%s\"}".formatted(secret));
    anybody.post("/api/v1/auth/login", "{\"password\": \"%s\"".formatted(secret));
    api.as(secret).get("/api/v1/cases");
    api.post("/api/v1/cases", "{\"title\": \"a\", \"%s\": 1}".formatted(secret)).expect(400);
    upload("secret.env", ("DB_PASSWORD=" + secret + "\n").getBytes(UTF_8)).expect(201);

    Path logs = stack.status("gateway").log().getParent();
    try (Stream<Path> files = Files.list(logs)) {
      for (Path log : files.toList()) {
        assertThat(Files.readString(log, ISO_8859_1)).as(log.toString()).doesNotContain(secret);
      }
    }
  }

  private Answer upload(String name, byte[] content) {
    return api.upload(
        "/api/v1/cases/" + caseId + "/files", name, content, "processing_mode", "overview_cached");
  }

  private void assertNoFiles() {
    String files = api.get("/api/v1/cases/" + caseId + "/files").expect(200).http().body();
    assertThat(files).doesNotContain("empty.log", "large.bin");
  }
}
