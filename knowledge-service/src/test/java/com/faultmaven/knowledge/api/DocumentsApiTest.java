package com.faultmaven.knowledge.api;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasEntry;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;

import com.faultmaven.common.id.Ids;
import com.faultmaven.common.testing.ServersResource;
import com.faultmaven.common.testing.TestTokens;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(ServersResource.class)
class DocumentsApiTest {
  private static final Map<String, Object> POOLS =
      Map.of(
          "document_id", "db/pools.md",
          "title", "Connection pools",
          "content",
              "# Connection pools\n\nWhen the pool is exhausted, look for slow statements first.",
          "document_type", "runbook",
          "metadata",
              Map.of("tags", List.of("db", "pool"), "category", "database", "author", "me"));

  @Test
  void keepsADocumentAndMakesItFindable() {
    Kb kb = Kb.ofNewUser();

    kb.add(POOLS)
        .statusCode(201)
        .header("Location", endsWith("/kb/documents/db%2Fpools.md"))
        .body("document_id", equalTo("db/pools.md"))
        .body("status", equalTo("indexed"))
        .body("chunks", equalTo(1))
        .body("embedding_model", equalTo("bge-small-en-v1.5-q"));

    kb.call()
        .urlEncodingEnabled(false)
        .get(kb.path() + "/documents/db%2Fpools.md")
        .then()
        .statusCode(200)
        .body("content", containsString("slow statements"))
        .body("user_id", equalTo(kb.userId()))
        .body("metadata.tags", contains("db", "pool"))
        .body("metadata.category", equalTo("database"))
        .body("indexed_at", notNullValue());
    kb.search("the pool is exhausted", 5)
        .statusCode(200)
        .body("items", hasSize(1))
        .body("items[0].document_id", equalTo("db/pools.md"))
        .body("items[0].title", equalTo("Connection pools"))
        .body("items[0].score", greaterThan(0.6f))
        .body("items[0].heading_path", contains("Connection pools"));
    kb.call()
        .get(kb.path() + "/stats")
        .then()
        .statusCode(200)
        .body("documents", equalTo(1))
        .body("chunks", equalTo(1))
        .body("by_status.indexed", equalTo(1))
        .body("dimension", equalTo(384));
  }

  @Test
  void answersAtOnceAndIndexesAfterwards() {
    Kb kb = Kb.ofNewUser();
    kb.call()
        .body(POOLS)
        .post(kb.path() + "/documents")
        .then()
        .statusCode(201)
        .body("status", equalTo("pending"))
        .body("chunks", equalTo(0));
  }

  @Test
  void replacesADocumentWithAllItsChunks() {
    Kb kb = Kb.ofNewUser();
    String large = "The old text speaks of elephants in the savanna. ".repeat(300);
    kb.add(Map.of("document_id", "d", "title", "Doc", "content", large))
        .body("chunks", greaterThan(5));

    kb.call()
        .body(Map.of("title", "Doc", "content", "Certificates expire after one year."))
        .put(kb.path() + "/documents/d?wait=true")
        .then()
        .statusCode(200)
        .body("revision", equalTo(2))
        .body("status", equalTo("indexed"))
        .body("chunks", equalTo(1));

    kb.search("elephants", 50)
        .body("items", hasSize(1))
        .body("items[0].text", containsString("Certificates"));
  }

  @Test
  void hidesADeletedDocumentAtOnceAndTakesItsIdAgain() {
    Kb kb = Kb.ofNewUser();
    kb.add(Map.of("document_id", "d", "content", "Elephants live in the savanna."));

    kb.call().delete(kb.path() + "/documents/d").then().statusCode(204);

    kb.search("elephants", 5).body("items", empty());
    kb.call().get(kb.path() + "/documents/d").then().statusCode(404);
    kb.call().delete(kb.path() + "/documents/d").then().statusCode(404);
    kb.call().get(kb.path() + "/documents").then().body("total", equalTo(0));
    kb.add(Map.of("document_id", "d", "content", "Giraffes live there too."))
        .statusCode(201)
        .body("status", equalTo("indexed"));
    kb.search("giraffes", 5)
        .body("items", hasSize(1))
        .body("items[0].text", containsString("Giraffes"));
  }

  @Test
  void takesSeveralAtOnceAllOrNone() {
    Kb kb = Kb.ofNewUser();
    kb.call()
        .body(
            List.of(
                Map.of("content", "# One\n\nText"), Map.of("document_id", "two", "content", "2")))
        .post(kb.path() + "/documents?wait=true")
        .then()
        .statusCode(201)
        .body("items.title", contains("One", "2"))
        .body("items.status", contains("indexed", "indexed"));
    kb.call()
        .body(
            Map.of(
                "documents",
                List.of(Map.of("content", "three"), Map.of("document_id", "two", "content", "2"))))
        .post(kb.path() + "/documents")
        .then()
        .statusCode(409)
        .body("code", equalTo("document-exists"));
    kb.call().get(kb.path() + "/documents").then().body("total", equalTo(2));
  }

  @Test
  void takesFiles() {
    Kb kb = Kb.ofNewUser();
    kb.call()
        .contentType("multipart/form-data")
        .multiPart(
            "file",
            "KubeNode.md",
            "# Node not ready\n\nCheck the kubelet.".getBytes(StandardCharsets.UTF_8),
            "text/markdown")
        .multiPart("tags", "kubernetes, node")
        .multiPart("document_type", "troubleshooting")
        .post(kb.path() + "/documents?wait=true")
        .then()
        .statusCode(201)
        .body("title", equalTo("Node not ready"))
        .body("document_type", equalTo("troubleshooting"))
        .body("metadata.tags", contains("kubernetes", "node"))
        .body("status", equalTo("indexed"));
    kb.call()
        .contentType("multipart/form-data")
        .multiPart(
            "file", "../../etc/passwd", new byte[] {(byte) 0xff, (byte) 0xfe, 0}, "text/plain")
        .post(kb.path() + "/documents")
        .then()
        .statusCode(400)
        .body("code", equalTo("not-text"));
    kb.call()
        .contentType("multipart/form-data")
        .multiPart("file", "empty.md", new byte[0], "text/plain")
        .post(kb.path() + "/documents")
        .then()
        .statusCode(400);
    kb.call()
        .contentType("multipart/form-data")
        .multiPart("title", "no file")
        .post(kb.path() + "/documents")
        .then()
        .statusCode(400)
        .body("errors.field", contains("file"));
  }

  @Test
  void filtersListsAndSearches() {
    Kb kb = Kb.ofNewUser();
    kb.add(POOLS);
    kb.add(Map.of("document_id", "other", "content", "Pools of water.", "document_type", "note"));

    kb.call()
        .get(kb.path() + "/documents?tag=db")
        .then()
        .body("items.document_id", contains("db/pools.md"));
    kb.call()
        .get(kb.path() + "/documents?document_type=note")
        .then()
        .body("items.document_id", contains("other"));
    kb.call().get(kb.path() + "/documents?category=none").then().body("total", equalTo(0));
    kb.call()
        .get(kb.path() + "/documents?limit=1&offset=1")
        .then()
        .body("total", equalTo(2))
        .body("items", hasSize(1));
    for (Map<String, String> filter :
        List.of(
            Map.of("tag", "pool"),
            Map.of("category", "database"),
            Map.of("document_type", "runbook", "document_id", "db/pools.md"))) {
      kb.call()
          .body(Map.of("query", "pools", "filter", filter))
          .post(kb.path() + "/search")
          .then()
          .body("items.document_id", contains("db/pools.md"));
    }
  }

  @Test
  void keepsNoSecrets() {
    Kb kb = Kb.ofNewUser();
    String secret = "AKIAIOSFODNN7EXAMPLE";
    kb.add(Map.of("document_id", "s", "content", "Use access key " + secret + " to log in."))
        .body("redactions.size()", greaterThan(0));
    kb.call().get(kb.path() + "/documents/s").then().body("content", not(containsString(secret)));
    kb.search("access key", 1).body("items[0].text", not(containsString(secret)));
    // In what surrounds the text, and in a title that is cut out of it in the middle of a secret.
    kb.add(
        Map.of(
            "document_id",
            "t",
            "content",
            "# "
                + "Access from everywhere ".repeat(4).strip()
                + " with the key "
                + secret
                + "\n\nText.",
            "metadata",
            Map.of(
                "source_url",
                "https://ada:" + secret + "@wiki.example/x",
                "tags",
                List.of(secret))));
    kb.call()
        .get(kb.path() + "/documents/t")
        .then()
        .body(not(containsString(secret)))
        .body(not(containsString(secret.substring(0, 10))));
  }

  @Test
  void isSafeToRepeat() {
    Kb kb = Kb.ofNewUser();
    String key = Ids.next();
    String id =
        kb.call()
            .header("Idempotency-Key", key)
            .body(Map.of("content", "once"))
            .post(kb.path() + "/documents?wait=true")
            .then()
            .statusCode(201)
            .extract()
            .path("document_id");
    kb.call()
        .header("Idempotency-Key", key)
        .body(Map.of("content", "once"))
        .post(kb.path() + "/documents?wait=true")
        .then()
        .statusCode(201)
        .header("Idempotency-Replayed", "true")
        .body("document_id", equalTo(id))
        .body("status", equalTo("indexed"));
    kb.call()
        .header("Idempotency-Key", key)
        .body(Map.of("content", "twice"))
        .post(kb.path() + "/documents")
        .then()
        .statusCode(422);
    kb.call().get(kb.path() + "/documents").then().body("total", equalTo(1));
  }

  @Test
  void givesContextToLongDocuments() {
    Kb kb = Kb.ofNewUser();
    String filler = "Nothing happens in this sentence at all. ".repeat(120);
    kb.add(
            Map.of(
                "document_id", "long",
                "title", "Long",
                "content", filler + "\n\nThe etcd quorum was lost on Tuesday.\n\n" + filler))
        .body("chunks", greaterThan(3));
    kb.search("etcd lost its quorum", 3)
        .body("items[0].text", containsString("etcd quorum"))
        .body("items[0].context.before", containsString("Nothing happens"))
        .body("items[0].context.after", containsString("Nothing happens"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{} | content",
        "{\"content\": \" \"} | content",
        "{\"content\": 7} | content",
        "{\"content\": \"x\", \"titel\": \"x\"} | titel",
        "{\"content\": \"x\", \"document_id\": \"../x\"} | document_id",
        "{\"content\": \"x\", \"document_type\": \"Run Book\"} | document_type",
        "{\"content\": \"x\", \"title\": \"\"} | title",
        "{\"content\": \"x\", \"metadata\": {\"difficulty\": \"hard\"}} | metadata.difficulty",
        "{\"content\": \"x\", \"metadata\": {\"tags\": [\"\"]}} | metadata.tags.0",
        "{\"documents\": []} | documents",
        "[{\"content\": \"x\"}, {\"content\": \"\"}] | documents.1.content",
        "[null] | documents",
        "\"text\" | body",
      })
  void namesTheFieldThatIsWrong(String body, String field) {
    Kb kb = Kb.ofNewUser();
    kb.call()
        .body(body)
        .post(kb.path() + "/documents")
        .then()
        .statusCode(400)
        .contentType("application/problem+json")
        .body("errors.field", hasItem(field));
    kb.call().get(kb.path() + "/documents").then().body("total", equalTo(0));
  }

  @Test
  void refusesWhatCannotBeRead() {
    Kb kb = Kb.ofNewUser();
    kb.call()
        .body("{\"content\": ")
        .post(kb.path() + "/documents")
        .then()
        .statusCode(400)
        .body("code", equalTo("malformed-json"));
    kb.call().body("").post(kb.path() + "/documents").then().statusCode(400);
    kb.call()
        .body("{\"content\": \"a\\u0000b\"}")
        .post(kb.path() + "/documents")
        .then()
        .statusCode(400);
    kb.call()
        .body(new byte[] {'{', '"', (byte) 0xff, '"', ':', '1', '}'})
        .post(kb.path() + "/documents")
        .then()
        .statusCode(400);
    kb.call()
        .contentType("text/plain")
        .body("x")
        .post(kb.path() + "/documents")
        .then()
        .statusCode(415);
    kb.call()
        .body(Map.of("content", "x".repeat((1 << 20) + 1)))
        .post(kb.path() + "/documents")
        .then()
        .statusCode(413)
        .body("code", equalTo("document-too-large"));
    kb.call()
        .body(Map.of("content", "x", "document_id", "other"))
        .put(kb.path() + "/documents/d")
        .then()
        .statusCode(400);
    kb.call().body(Map.of("content", "x")).put(kb.path() + "/documents/d").then().statusCode(404);
    kb.call().get(kb.path() + "/documents?limit=201").then().statusCode(400);
    kb.call().get(kb.path() + "/documents?limit=x").then().statusCode(404);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"query\": \"\"}",
        "{\"query\": \"x\", \"k\": 0}",
        "{\"query\": \"x\", \"k\": 51}",
        "{\"query\": \"x\", \"k\": \"5\"}",
        "{\"query\": \"x\", \"filter\": {\"colour\": \"red\"}}",
        "{\"query\": null}"
      })
  void refusesSearchesThatSayNothing(String body) {
    Kb kb = Kb.ofNewUser();
    kb.call()
        .body(body)
        .post(kb.path() + "/search")
        .then()
        .statusCode(400)
        .body("errors", not(empty()));
  }

  @Test
  void hidesAUsersKnowledgeFromOthers() {
    Kb kb = Kb.ofNewUser();
    kb.add(POOLS);
    for (Kb stranger : List.of(kb.as(), kb.as("analyst"))) {
      stranger.call().get(kb.path() + "/documents").then().statusCode(404);
      stranger
          .call()
          .urlEncodingEnabled(false)
          .get(kb.path() + "/documents/db%2Fpools.md")
          .then()
          .statusCode(404);
      stranger.call().body(POOLS).post(kb.path() + "/documents").then().statusCode(404);
      stranger.call().body(POOLS).put(kb.path() + "/documents/x").then().statusCode(404);
      stranger.call().delete(kb.path() + "/documents/x").then().statusCode(404);
      stranger.search("pools", 1).statusCode(404);
      stranger.ask("pools?").statusCode(404);
      stranger.call().get(kb.path() + "/stats").then().statusCode(404);
    }
    kb.as("admin")
        .call()
        .get(kb.path() + "/documents")
        .then()
        .statusCode(200)
        .body("total", equalTo(1));
    given()
        .get(kb.path() + "/documents")
        .then()
        .statusCode(401)
        .body("code", equalTo("unauthorized"));
    given()
        .auth()
        .oauth2(TestTokens.expired(kb.userId()))
        .get(kb.path() + "/documents")
        .then()
        .statusCode(401);
    given()
        .auth()
        .oauth2(TestTokens.wrongAudience(kb.userId()))
        .get(kb.path() + "/documents")
        .then()
        .statusCode(401);
  }

  @Test
  void letsAdminsAloneWriteTheGlobalOne() {
    Kb admin = Kb.global("admin");
    Kb user = Kb.global("user");
    String id = "global-" + Ids.next();
    user.call()
        .body(Map.of("content", "x"))
        .post(user.path() + "/documents")
        .then()
        .statusCode(403);
    Kb.global("analyst")
        .call()
        .body(Map.of("content", "x"))
        .post(user.path() + "/documents")
        .then()
        .statusCode(403);
    admin
        .add(Map.of("document_id", id, "content", "Global advice on the Frobnicator 9000."))
        .statusCode(201);
    user.call().get(user.path() + "/documents/" + id).then().statusCode(200);
    user.search("Frobnicator 9000", 1).body("items[0].document_id", equalTo(id));
    user.call()
        .body(Map.of("content", "x"))
        .put(user.path() + "/documents/" + id)
        .then()
        .statusCode(403);
    user.call().delete(user.path() + "/documents/" + id).then().statusCode(403);
    admin.call().get(admin.path() + "/stats").then().body("by_status", hasEntry("indexed", 1));
    admin.call().delete(admin.path() + "/documents/" + id).then().statusCode(204);
  }

  @Test
  void saysWhenItIsReady() {
    given()
        .get("/q/health/ready")
        .then()
        .statusCode(200)
        .body("checks.name", hasItem("embedding model"));
    assertThat(
            given()
                .get("/q/openapi?format=json")
                .then()
                .statusCode(200)
                .extract()
                .body()
                .asString())
        .contains("addUserDocuments", "askCaseKnowledge", "text/event-stream");
  }
}
