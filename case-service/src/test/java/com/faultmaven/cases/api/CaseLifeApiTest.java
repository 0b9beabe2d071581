package com.faultmaven.cases.api;

import static com.faultmaven.cases.api.CaseCalls.as;
import static com.faultmaven.cases.api.CaseCalls.become;
import static com.faultmaven.cases.api.CaseCalls.open;
import static com.faultmaven.cases.api.CaseCalls.read;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import com.faultmaven.common.id.Ids;
import com.faultmaven.common.testing.ServersResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@WithTestResource(ServersResource.class)
class CaseLifeApiTest {
  private final String user = Ids.next();

  @Test
  void goesFromConsultingToResolved() {
    String caseId = open(user);
    become(user, caseId, "investigating")
        .then()
        .statusCode(200)
        .header("ETag", "\"2\"")
        .body("status", equalTo("investigating"))
        .body("resolved_at", nullValue());
    become(user, caseId, "resolved", "resolved")
        .then()
        .statusCode(200)
        .body("status", equalTo("resolved"))
        .body("closure_reason", equalTo("resolved"))
        .body("resolved_at", notNullValue());

    as(user)
        .get("/api/v1/cases/{id}/transitions", caseId)
        .then()
        .statusCode(200)
        .body("total", equalTo(2))
        .body("items.from_status", contains("consulting", "investigating"))
        .body("items.to_status", contains("investigating", "resolved"))
        .body("items.triggered_by", contains(user, user))
        .body("items[0].reason", equalTo("because"));
  }

  @ParameterizedTest
  @CsvSource({
    "consulting, consulting,",
    "consulting, resolved, resolved",
    "consulting, closed, resolved",
    "investigating, consulting,",
    "investigating, closed, consulting_only",
    "investigating, resolved, abandoned",
    "closed, investigating,",
    "closed, closed, other"
  })
  void refusesForbiddenSteps(String from, String to, String closure) {
    String caseId = open(user);
    if (!from.equals("consulting")) {
      become(user, caseId, from, from.equals("closed") ? new String[] {"other"} : new String[0])
          .then()
          .statusCode(200);
    }
    int before = transitions(caseId);

    become(user, caseId, to, closure == null ? new String[0] : new String[] {closure})
        .then()
        .statusCode(409)
        .contentType("application/problem+json")
        .body("code", equalTo("invalid-status-transition"))
        .body("from_status", equalTo(from))
        .body("to_status", equalTo(to));
    read(user, caseId).body("status", equalTo(from));
    assertThat(transitions(caseId)).isEqualTo(before);
  }

  @ParameterizedTest
  @CsvSource({"closed,", "investigating, other", "finished,", "closed, bored"})
  void refusesRequestsThatDoNotFit(String to, String closure) {
    String caseId = open(user);
    become(user, caseId, to, closure == null ? new String[0] : new String[] {closure})
        .then()
        .statusCode(400)
        .body("code", equalTo("validation-failed"));
    read(user, caseId).body("status", equalTo("consulting")).body("status_transitions", empty());
  }

  @Test
  void letsOneOfManyWritersChangeTheStatus() {
    String caseId = open(user);
    List<Integer> answers =
        IntStream.range(0, 6)
            .mapToObj(
                i ->
                    CompletableFuture.supplyAsync(
                        () -> become(user, caseId, "investigating").statusCode()))
            .toList()
            .stream()
            .map(CompletableFuture::join)
            .sorted()
            .toList();

    assertThat(answers).containsExactly(200, 409, 409, 409, 409, 409);
    assertThat(transitions(caseId)).isEqualTo(1);
  }

  @Test
  void hasNoFilesBeforeAnyWasProcessed() {
    as(user)
        .get("/api/v1/cases/{id}/files", open(user))
        .then()
        .statusCode(200)
        .body("total", equalTo(0))
        .body("items", hasSize(0));
  }

  @Test
  void pagesTransitions() {
    String caseId = open(user);
    become(user, caseId, "investigating").then().statusCode(200);
    become(user, caseId, "closed", "escalated").then().statusCode(200);

    as(user)
        .queryParams(Map.of("limit", 1, "offset", 1))
        .get("/api/v1/cases/{id}/transitions", caseId)
        .then()
        .body("total", equalTo(2))
        .body("items.to_status", contains("closed"));
  }

  private int transitions(String caseId) {
    return as(user).get("/api/v1/cases/{id}/transitions", caseId).path("total");
  }
}
