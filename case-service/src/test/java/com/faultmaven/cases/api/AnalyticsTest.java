package com.faultmaven.cases.api;

import static com.faultmaven.cases.api.CaseCalls.addEvidence;
import static com.faultmaven.cases.api.CaseCalls.as;
import static com.faultmaven.cases.api.CaseCalls.become;
import static com.faultmaven.cases.api.CaseCalls.open;
import static org.hamcrest.Matchers.anEmptyMap;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.hasSize;

import com.faultmaven.cases.Database;
import com.faultmaven.common.id.Ids;
import com.faultmaven.common.testing.ServersResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(ServersResource.class)
class AnalyticsTest {
  private static final String PATH = "/api/v1/cases/analytics";

  @Inject Pool pool;

  private final String user = Ids.next();

  @Test
  void countsOnesOwn() {
    String first = open(user, Map.of("title", "a", "tags", List.of("database", "pool")));
    String second = open(user, Map.of("title", "b", "tags", List.of("pool")));
    open(Ids.next());
    addEvidence(user, first, "one");
    addEvidence(user, first, "two");
    become(user, second, "closed", "abandoned").then().statusCode(200);

    as(user)
        .get(PATH)
        .then()
        .statusCode(200)
        .body("cases", equalTo(2))
        .body("by_status", equalTo(Map.of("consulting", 1, "closed", 1)))
        .body("by_tag", equalTo(Map.of("pool", 2, "database", 1)))
        .body("by_evidence_type", equalTo(Map.of("user_observation", 2)))
        .body("over_time", hasSize(1))
        .body("over_time[0].by_status.closed", equalTo(1));
  }

  @Test
  void countsByStepsOfTime() {
    for (String day :
        List.of("2025-03-03T10:00:00Z", "2025-03-04T23:59:59Z", "2025-03-12T00:00:00Z")) {
      Database.rows(
          pool,
          "UPDATE cases SET created_at = '" + day + "' WHERE case_id = $1 RETURNING 1",
          open(user));
    }
    String period = "?since=2025-03-01T00:00:00Z&until=2025-04-01T00:00:00Z&interval=";

    as(user).get(PATH + period + "day").then().body("over_time", hasSize(3));
    as(user)
        .get(PATH + period + "week")
        .then()
        .body(
            "over_time.start",
            equalTo(List.of("2025-03-03T00:00:00.000Z", "2025-03-10T00:00:00.000Z")))
        .body("over_time.by_status.consulting", equalTo(List.of(2, 1)));
    as(user).get(PATH + period + "month").then().body("over_time", hasSize(1));
    as(user)
        .get(PATH + "?since=2025-03-04T00:00:00Z&until=2025-03-12T00:00:00Z")
        .then()
        .body("cases", equalTo(1));
  }

  @Test
  void countsNothingWhereNothingIs() {
    as(user)
        .get(PATH)
        .then()
        .statusCode(200)
        .body("cases", equalTo(0))
        .body("by_status", anEmptyMap())
        .body("over_time", empty());
  }

  @Test
  void countsEverybodysForAnalystsAndAdmins() {
    open(user);
    for (String role : List.of("analyst", "admin")) {
      String somebody = Ids.next();
      as(somebody, role).get(PATH).then().statusCode(200).body("cases", greaterThanOrEqualTo(1));
      as(somebody, role).get(PATH + "?user_id=" + user).then().body("cases", equalTo(1));
      as(somebody, role).get(PATH + "?user_id=" + somebody).then().body("cases", equalTo(0));
    }
    as(Ids.next()).get(PATH + "?user_id=" + user).then().statusCode(404);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "?since=yesterday",
        "?interval=hour",
        "?since=2025-01-02T00:00:00Z&until=2025-01-01T00:00:00Z",
        "?since=2024-01-01T00:00:00Z&until=2025-03-01T00:00:00Z"
      })
  void saysWhatIsWrong(String query) {
    as(user).get(PATH + query).then().statusCode(400).body("code", equalTo("validation-failed"));
  }
}
