package com.faultmaven.artifact.api;

import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.faultmaven.common.testing.TestTokens;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;

/** A user of the API in tests. */
final class FileApiClient {
  private final String userId;
  private final String[] roles;

  FileApiClient(String userId, String... roles) {
    this.userId = userId;
    this.roles = roles.clone();
  }

  RequestSpecification request() {
    return given().auth().oauth2(TestTokens.bearer(userId, roles));
  }

  Response upload(String caseId, String name, String content) {
    return request()
        .multiPart("file", name, content.getBytes(UTF_8))
        .post("/api/v1/cases/" + caseId + "/files");
  }

  Response upload(String caseId, String name, String content, String mode) {
    return request()
        .multiPart("file", name, content.getBytes(UTF_8))
        .multiPart("processing_mode", mode)
        .post("/api/v1/cases/" + caseId + "/files");
  }

  /** Uploads a file that is taken; gives its id. */
  String uploaded(String caseId, String name, String content) {
    return upload(caseId, name, content).then().statusCode(201).extract().path("file_id");
  }

  Response choose(String fileId, String mode) {
    return request()
        .contentType("application/json")
        .body("{\"processing_mode\": \"" + mode + "\"}")
        .post("/api/v1/files/" + fileId + "/processing");
  }
}
