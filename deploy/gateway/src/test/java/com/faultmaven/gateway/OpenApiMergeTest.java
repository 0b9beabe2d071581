package com.faultmaven.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.core.json.pointer.JsonPointer;
import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OpenApiMergeTest {
  private static final String PROBLEM =
      "\"Problem\":{\"type\":\"object\",\"properties\":{\"code\":{\"type\":\"string\"}}}";

  private final Map<Upstream, JsonObject> documents = new EnumMap<>(Upstream.class);

  OpenApiMergeTest() {
    documents.put(
        Upstream.CASE,
        document(
            operation("/api/v1/cases", "list", "#/components/schemas/Page")
                + ","
                + operation(
                    "/api/v1/cases/{case_id}/files", "caseFiles", "#/components/schemas/Page")
                + ","
                + operation("/api/v1/internal/export/{user_id}", "export", "#/x"),
            PROBLEM
                + ",\"Item\":{\"type\":\"object\",\"title\":\"case\"}"
                + ",\"Page\":{\"items\":{\"$ref\":\"#/components/schemas/Item\"}}"));
    documents.put(
        Upstream.ARTIFACT,
        document(
            operation("/api/v1/cases/{case_id}/files", "list", "#/components/schemas/Page"),
            PROBLEM
                + ",\"Item\":{\"type\":\"object\",\"title\":\"file\"}"
                + ",\"Page\":{\"items\":{\"$ref\":\"#/components/schemas/Item\"}}"));
  }

  @Test
  void takesEachPathFromTheServiceThatTheGatewayRoutesItTo() {
    JsonObject merged = OpenApiMerge.merge(documents);

    assertThat(merged.getJsonObject("paths").fieldNames())
        .containsExactly("/api/v1/cases", "/api/v1/cases/{case_id}/files");
    assertThat(at(merged, "/paths/~1api~1v1~1cases~1{case_id}~1files/get/tags"))
        .isEqualTo(new JsonArray().add("Files"));
  }

  @Test
  void renamesComponentsOnlyWhereServicesMeanDifferentThings() {
    JsonObject merged = OpenApiMerge.merge(documents);

    assertThat(merged.getJsonObject("components").getJsonObject("schemas").fieldNames())
        .containsExactlyInAnyOrder(
            "Problem", "CaseItem", "CasePage", "ArtifactItem", "ArtifactPage");
    assertThat(at(merged, "/components/schemas/ArtifactPage/items/$ref"))
        .isEqualTo("#/components/schemas/ArtifactItem");
    assertThat(at(merged, "/paths/~1api~1v1~1cases/get/schema/$ref"))
        .isEqualTo("#/components/schemas/CasePage");
  }

  @Test
  void hasOneBearerSchemeAndKeepsOpenOperationsOpen() {
    documents.put(
        Upstream.USER,
        document(
            "\"/api/v1/auth/login\":{\"post\":{\"security\":[]}},"
                + "\"/api/v1/auth/me\":{\"get\":{\"security\":[{\"jwt\":[\"user\"]}]}},"
                + "\"/api/v1/auth/register\":{\"post\":{}}",
            PROBLEM));
    JsonObject merged = OpenApiMerge.merge(documents);

    assertThat(merged.getJsonObject("components").getJsonObject("securitySchemes").fieldNames())
        .containsExactly("bearer");
    assertThat(at(merged, "/paths/~1api~1v1~1auth~1me/get/security"))
        .isEqualTo(new JsonArray("[{\"bearer\":[]}]"));
    assertThat(at(merged, "/paths/~1api~1v1~1auth~1login/post/security"))
        .isEqualTo(new JsonArray());
    assertThat(at(merged, "/paths/~1api~1v1~1auth~1register/post/security")).isNull();
  }

  @Test
  void keepsOperationIdsUnique() {
    JsonObject merged = OpenApiMerge.merge(documents);

    assertThat(at(merged, "/paths/~1api~1v1~1cases/get/operationId")).isEqualTo("list");
    assertThat(at(merged, "/paths/~1api~1v1~1cases~1{case_id}~1files/get/operationId"))
        .isEqualTo("artifact-service-list");
  }

  @Test
  void namesTheServicesThatAreMissing() {
    JsonObject merged = OpenApiMerge.merge(documents);

    assertThat(merged.getJsonObject("info").getString("description"))
        .contains("user-service, knowledge-service, session-service do not answer");
    assertThat(merged.getJsonArray("servers")).containsExactly(new JsonObject("{\"url\":\"/\"}"));
    assertThat(merged.getJsonArray("tags")).hasSize(2);
  }

  @Test
  void isADocumentEvenWithoutAnyService() {
    JsonObject merged = OpenApiMerge.merge(Map.of());

    assertThat(merged.getString("openapi")).isEqualTo("3.1.0");
    assertThat(merged.getJsonObject("paths")).isEmpty();
  }

  private static JsonObject document(String paths, String schemas) {
    return new JsonObject(
        "{\"openapi\":\"3.1.0\",\"info\":{\"title\":\"t\",\"version\":\"0.1.0\"},\"paths\":{"
            + paths
            + "},\"components\":{\"schemas\":{"
            + schemas
            + "},\"securitySchemes\":{\"jwt\":{\"type\":\"http\"}}}}");
  }

  private static String operation(String path, String id, String reference) {
    return "\"%s\":{\"get\":{\"operationId\":\"%s\",\"security\":[{\"jwt\":[]}],\"schema\":{\"$ref\":\"%s\"}}}"
        .formatted(path, id, reference);
  }

  private static Object at(JsonObject document, String pointer) {
    return JsonPointer.from(pointer).queryJson(document);
  }
}
