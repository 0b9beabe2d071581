package com.faultmaven.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.faultmaven.e2e.Api.Answer;
import com.faultmaven.local.LocalStack;
import com.faultmaven.local.Service;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Export and erasure of a user's data over all five services (decisions, section 9). */
@ExtendWith(RunningStack.class)
class UserDataTest {
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final LocalStack stack;
  private final Api admin;

  UserDataTest(LocalStack stack) throws IOException {
    this.stack = stack;
    admin =
        new Api(
            stack.gatewayUrl(),
            Person.logIn(stack.gatewayUrl(), LocalStack.ADMIN, stack.adminPassword()).token());
  }

  /** Somebody with something in every service. */
  private final class Tenant {
    private final Person person = Person.register(stack.gatewayUrl());
    private final Api api = new Api(stack.gatewayUrl(), person.token());
    private final String caseId =
        api.post("/api/v1/cases", "{\"title\": \"Pool\"}").expect(201).text("case_id");
    private final byte[] log =
        ("2026-01-31T12:00:00Z ERROR pool of " + person.username() + "\n").getBytes(UTF_8);
    private final String fileId =
        api.upload(
                "/api/v1/cases/" + caseId + "/files",
                "pool.log",
                log,
                "processing_mode",
                "overview_cached")
            .expect(201)
            .text("file_id");

    Tenant() {
      api.post("/api/v1/sessions", "{\"client_id\": \"laptop\"}").expect(201);
      api.post(
              "/api/v1/users/" + person.userId() + "/kb/documents?wait=true",
              "{\"title\": \"Pools\", \"content\": \"Enlarge it.\", \"document_type\": \"runbook\"}")
          .expect(201);
      await().atMost(PATIENCE).until(() -> evidence(admin) == 1);
    }

    long evidence(Api reader) {
      return reader.get("/api/v1/cases/" + caseId + "/evidence").body().path("items").size();
    }

    int documents() {
      return admin
          .get("/api/v1/users/" + person.userId() + "/kb/documents")
          .body()
          .path("items")
          .size();
    }
  }

  @Test
  void exportsWhatEveryServiceHolds() throws IOException {
    Tenant tenant = new Tenant();
    String export =
        tenant
            .api
            .send("POST", "/api/v1/users/" + tenant.person.userId() + "/export", null)
            .expect(201)
            .text("export_id");

    Map<String, byte[]> files = unzip(tenant.api.download("/api/v1/exports/" + export));

    assertThat(files)
        .containsEntry("files/" + tenant.caseId + "/" + tenant.fileId + "/pool.log", tenant.log);
    assertThat(json(files, "account.json").at("/0/username").asText())
        .isEqualTo(tenant.person.username());
    JsonNode exportedCase = json(files, "cases.json").path(0);
    assertThat(exportedCase.path("case_id").asText()).isEqualTo(tenant.caseId);
    assertThat(exportedCase.path("evidence")).hasSize(1);
    assertThat(json(files, "files.json").at("/0/file_id").asText()).isEqualTo(tenant.fileId);
    assertThat(json(files, "knowledge-documents.json").at("/0/content").asText())
        .isEqualTo("Enlarge it.");
    assertThat(json(files, "sessions.json").at("/0/client_id").asText()).isEqualTo("laptop");
    assertThat(json(files, "manifest.json").path("files")).hasSize(files.size() - 1);
  }

  private static JsonNode json(Map<String, byte[]> files, String path) throws IOException {
    return JSON.readTree(files.get(path));
  }

  private static Map<String, byte[]> unzip(byte[] archive) throws IOException {
    Map<String, byte[]> files = new LinkedHashMap<>();
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(archive))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        files.put(entry.getName(), zip.readAllBytes());
      }
    }
    return files;
  }

  @Test
  void erasesEverythingOfOneUserAndNothingOfAnother() {
    Tenant tenant = new Tenant();
    Tenant neighbour = new Tenant();

    String erasure = requestErasure(tenant);
    Answer ended = awaitEnd(tenant.api, erasure);

    assertThat(ended.body().at("/services").findValuesAsText("service"))
        .containsExactly(
            "artifact-service",
            "case-service",
            "knowledge-service",
            "session-service",
            "user-service");
    assertThat(ended.body().at("/services/0/erased/files").asInt()).isOne();
    assertThat(ended.body().at("/services/1/erased/cases").asInt()).isOne();
    assertThat(ended.body().at("/services/2/erased/knowledge_documents").asInt()).isOne();
    assertGone(tenant);
    assertThat(neighbour.evidence(neighbour.api)).isOne();
    assertThat(neighbour.documents()).isOne();
    assertThat(neighbour.api.download("/api/v1/files/" + neighbour.fileId + "/content"))
        .isEqualTo(neighbour.log);
  }

  @Test
  void goesOnWhenAServiceWasKilledMeanwhile() throws IOException {
    Tenant tenant = new Tenant();
    int restarts = stack.status(Service.ARTIFACT.module()).restarts();
    stack.kill(Service.ARTIFACT.module());

    String erasure = requestErasure(tenant);

    JsonNode answer = tenant.api.get("/api/v1/erasures/" + erasure).expect(200).body();
    assertThat(answer.path("status").asText()).isEqualTo("running");
    await()
        .atMost(PATIENCE)
        .until(() -> stack.status(Service.ARTIFACT.module()).restarts() > restarts);
    awaitEnd(admin, erasure);
    await().atMost(PATIENCE).until(() -> stack.status(Service.ARTIFACT.module()).state().settled());
    assertGone(tenant);
  }

  private static String requestErasure(Tenant tenant) {
    return tenant
        .api
        .send("POST", "/api/v1/users/" + tenant.person.userId() + "/erasure", null)
        .expect(202)
        .text("erasure_id");
  }

  private static Answer awaitEnd(Api reader, String erasure) {
    String path = "/api/v1/erasures/" + erasure;
    await()
        .atMost(PATIENCE)
        .until(() -> reader.get(path).body().path("status").asText().equals("completed"));
    return reader.get(path).expect(200);
  }

  /** Also for who still holds a token, and for an admin. */
  private void assertGone(Tenant tenant) {
    String user = "/api/v1/users/" + tenant.person.userId();
    for (Api reader : new Api[] {tenant.api, admin}) {
      reader.get("/api/v1/cases/" + tenant.caseId).expect(404);
      reader.get("/api/v1/files/" + tenant.fileId + "/content").expect(404);
      reader.get("/api/v1/cases/" + tenant.caseId + "/files").expect(404);
    }
    admin.get(user).expect(404);
    assertThat(tenant.documents()).isZero();
    assertThat(tenant.api.get("/api/v1/sessions").body().path("items")).isEmpty();
    assertThat(tenant.api.get("/api/v1/sessions/archive").body().path("items")).isEmpty();
    tenant.api.get("/api/v1/auth/me").expect(401);
    tenant.api.post("/api/v1/cases", "{\"title\": \"After\"}").expect(401);
    tenant
        .api
        .post(
            user + "/kb/documents",
            "{\"title\": \"After\", \"content\": \"x\", \"document_type\": \"runbook\"}")
        .expect(401);
  }
}
