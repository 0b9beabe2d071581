package com.faultmaven.user.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;

import com.faultmaven.common.id.Ids;
import com.faultmaven.common.logarchive.LogArchive;
import com.faultmaven.common.testing.ServersResource;
import com.faultmaven.common.web.Cursor;
import com.faultmaven.common.web.CursorPage;
import com.faultmaven.user.NeighboursResource;
import com.faultmaven.user.TestAccount;
import com.faultmaven.user.TestAccount.Tokens;
import com.faultmaven.user.domain.AuditLogs;
import com.faultmaven.user.domain.AuthAuditLog;
import com.faultmaven.user.domain.AuthEvent;
import com.faultmaven.user.domain.AuthEventQuery;
import com.faultmaven.user.domain.AuthEventType;
import com.faultmaven.user.domain.AuthOutcome;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(ServersResource.class)
@WithTestResource(NeighboursResource.class)
class AuditTest {
  private static final String EVENTS = "/api/v1/audit/auth-events";
  private static final String READS = "/api/v1/audit/data-access";
  private static final String USERS = "/api/v1/users/";
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final int FILTERS = 7;

  @Inject AuthAuditLog audit;
  @Inject LogArchive archive;

  /**
   * Every combination of the filters finds what a filter in memory finds, page by page: of the
   * database, of the archive, and of both.
   */
  @Test
  void filtersByEveryCombination() {
    String user = Ids.next();
    String actor = Ids.next();
    Instant start = Instant.parse("2020-01-01T00:00:00Z");
    List<AuthEvent> all = new ArrayList<>();
    Random random = new Random(7);
    for (int i = 0; i < 120; i++) {
      AuthEvent event =
          new AuthEvent(
              Ids.next(),
              random.nextBoolean() ? AuthEventType.LOGIN_FAILED : AuthEventType.LOGIN_SUCCEEDED,
              random.nextBoolean() ? AuthOutcome.FAILURE : AuthOutcome.SUCCESS,
              random.nextInt(3) > 0 ? user : Ids.next(),
              random.nextInt(3) > 0 ? actor : null,
              random.nextInt(3) > 0 ? "192.0.2.7" : "2001:db8::7",
              null,
              null,
              // Several of one time.
              start.plusSeconds(random.nextInt(40)));
      got(audit.append(event));
      all.add(event);
    }
    all.sort(
        Comparator.comparing(AuthEvent::occurredAt).thenComparing(AuthEvent::auditId).reversed());
    assertEveryFilter(all, user, actor, start);
    // The oldest third, in objects of which a page reads two.
    for (int moved = 0; moved < 40; moved += move(20)) {}
    assertEveryFilter(all, user, actor, start);
    while (move(20) > 0) {}
    assertEveryFilter(all, user, actor, start);
  }

  private int move(int rows) {
    return got(archive.moveNext(
            AuditLogs.AUTH_EVENTS, Instant.now().minus(Duration.ofDays(90)), rows))
        .rows();
  }

  private void assertEveryFilter(List<AuthEvent> all, String user, String actor, Instant start) {
    Set<String> ids = all.stream().map(AuthEvent::auditId).collect(Collectors.toSet());
    for (int filters = 0; filters < 1 << FILTERS; filters++) {
      AuthEventQuery query = query(filters, user, actor, start);
      List<String> expected =
          all.stream().filter(event -> matches(query, event)).map(AuthEvent::auditId).toList();
      assertThat(pages(query).stream().filter(ids::contains))
          .as("%s", query)
          .containsExactlyElementsOf(expected);
    }
  }

  private static AuthEventQuery query(int filters, String user, String actor, Instant start) {
    return new AuthEventQuery(
        (filters & 1) == 0 ? null : user,
        (filters & 2) == 0 ? null : actor,
        (filters & 4) == 0 ? null : AuthEventType.LOGIN_FAILED,
        (filters & 8) == 0 ? null : AuthOutcome.FAILURE,
        (filters & 16) == 0 ? null : "192.0.2.7",
        (filters & 32) == 0 ? null : start.plusSeconds(5),
        (filters & 64) == 0 ? null : start.plusSeconds(30),
        null,
        40);
  }

  private static boolean matches(AuthEventQuery query, AuthEvent event) {
    return (query.userId() == null || query.userId().equals(event.userId()))
        && (query.actorId() == null || query.actorId().equals(event.actorId()))
        && (query.type() == null || query.type() == event.eventType())
        && (query.outcome() == null || query.outcome() == event.outcome())
        && (query.address() == null || query.address().equals(event.address()))
        && (query.since() == null || !event.occurredAt().isBefore(query.since()))
        && (query.until() == null || event.occurredAt().isBefore(query.until()));
  }

  private List<String> pages(AuthEventQuery query) {
    List<String> ids = new ArrayList<>();
    @Nullable String next = null;
    do {
      CursorPage<AuthEvent> page =
          got(
              audit.list(
                  new AuthEventQuery(
                      query.userId(),
                      query.actorId(),
                      query.type(),
                      query.outcome(),
                      query.address(),
                      query.since(),
                      query.until(),
                      Cursor.decode(next),
                      query.limit())));
      page.items().forEach(event -> ids.add(event.auditId()));
      next = page.nextCursor();
    } while (next != null);
    return ids;
  }

  @Test
  void filtersOverHttp() {
    TestAccount account = TestAccount.register();
    Instant before = Instant.now().minusSeconds(60);
    TestAccount.tryLogin(account.username(), "wrong-password-of-mine", null);
    account.login();
    Tokens admin = TestAccount.admin();
    String of = EVENTS + "?user_id=" + account.userId();

    types(admin, of + "&outcome=failure", "login_failed");
    types(admin, of + "&outcome=success", "login_succeeded", "registered");
    types(
        admin,
        of + "&actor_id=" + account.userId() + "&event_type=login_succeeded",
        "login_succeeded");
    types(admin, of + "&address=127.0.0.1&outcome=failure", "login_failed");
    types(admin, of + "&address=192.0.2.1");
    types(admin, of + "&since=" + before + "&outcome=failure", "login_failed");
    types(admin, of + "&until=" + before);
    // In another zone, with its sign as it stands in a query.
    types(admin, of + "&until=2020-01-01T02:00:00%2B02:00");
  }

  private static void types(Tokens admin, String path, String... types) {
    admin
        .given()
        .urlEncodingEnabled(false)
        .get(path)
        .then()
        .statusCode(200)
        .body("items.event_type", equalTo(List.of(types)));
  }

  @ParameterizedTest
  @CsvSource({
    "since, yesterday",
    "since, 2026-01-31",
    "since, 2026-01-31T12:00:00",
    "since, +999999999-01-01T00:00:00Z",
    "until, 1769860800",
    "until, 2026-13-01T00:00:00Z",
    "outcome, maybe",
    "outcome, SUCCESS",
    "event_type, nonsense",
    "limit, 201",
    "cursor, nonsense"
  })
  void refusesBadFilters(String name, String value) {
    TestAccount.admin()
        .given()
        .queryParam(name, value)
        .get(EVENTS)
        .then()
        .statusCode(400)
        .body("code", equalTo("validation-failed"))
        .body("errors.field", hasItem(name));
    if (!Set.of("outcome", "event_type").contains(name)) {
      TestAccount.admin().given().queryParam(name, value).get(READS).then().statusCode(400);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"user_id", "actor_id", "address"})
  void refusesFiltersThatNoRowCanHave(String name) {
    Tokens admin = TestAccount.admin();
    admin.given().queryParam(name, "x".repeat(65)).get(EVENTS).then().statusCode(400);
    admin.given().queryParam(name, "a\u0000b").get(EVENTS).then().statusCode(400);
  }

  @Test
  void recordsReadsOfAnothersAccountBeforeTheyAreAnswered() {
    TestAccount account = TestAccount.register();
    TestAccount reader = TestAccount.register();
    TestAccount.admin()
        .given(Map.of("roles", List.of("admin", "user")))
        .put(USERS + reader.userId() + "/roles")
        .then()
        .statusCode(200);
    Tokens admin = reader.login();
    admin.given().get(USERS + account.userId()).then().statusCode(200);
    admin.given().get("/api/v1/users?query=" + account.username()).then().statusCode(200);
    admin.given().get(USERS + Ids.next()).then().statusCode(404);
    admin.given().get(USERS + reader.userId()).then().statusCode(200);

    String by = READS + "?actor_id=" + reader.userId();
    admin
        .given()
        .get(by)
        .then()
        .statusCode(200)
        .body("items.resource", equalTo(List.of("users_list", "account")))
        .body("items.action", equalTo(List.of("read", "read")))
        .body("items.address", equalTo(List.of("127.0.0.1", "127.0.0.1")))
        .body("items[0].user_id", nullValue())
        .body("items[1].user_id", equalTo(account.userId()))
        .body("next_cursor", nullValue());
    admin.given().get(READS + "?user_id=" + account.userId()).then().body("items", hasSize(1));
    admin.given().get(by + "&until=2020-01-01T00:00:00Z").then().body("items", hasSize(0));
    admin.given().get(by + "&since=2020-01-01T00:00:00Z").then().body("items", hasSize(2));
    String next = admin.given().get(by + "&limit=1").jsonPath().getString("next_cursor");
    admin
        .given()
        .get(by + "&limit=1&cursor=" + Objects.requireNonNull(next))
        .then()
        .body("items.resource", equalTo(List.of("account")))
        .body("next_cursor", nullValue());
  }

  @Test
  void recordsReadsOfOthersEventsExportsAndErasures() {
    TestAccount account = TestAccount.register();
    String user = USERS + account.userId();
    Tokens own = account.login();
    String export = own.given().post(user + "/export").path("export_id");
    String erasure = own.given().post(user + "/erasure").path("erasure_id");
    own.given().accept("application/json").get("/api/v1/exports/" + export).then().statusCode(200);
    own.given().get("/api/v1/erasures/" + erasure).then().statusCode(200);
    Tokens admin = TestAccount.admin();
    admin.given().get(EVENTS + "?user_id=" + account.userId()).then().statusCode(200);
    admin
        .given()
        .accept("application/json")
        .get("/api/v1/exports/" + export)
        .then()
        .statusCode(200);
    admin.given().get("/api/v1/erasures/" + erasure).then().statusCode(200);

    admin
        .given()
        .get(READS + "?user_id=" + account.userId())
        .then()
        .body("items.resource", equalTo(List.of("erasure", "export", "auth_events")));
  }

  @Test
  void recordsNothingWhenSomebodyReadsOwnDataOrMayNotRead() {
    TestAccount account = TestAccount.register();
    Tokens own = account.login();
    own.given().get(USERS + account.userId()).then().statusCode(200);
    own.given().get("/api/v1/auth/me").then().statusCode(200);
    TestAccount stranger = TestAccount.register();
    stranger.login().given().get(USERS + account.userId()).then().statusCode(404);

    Map<String, String> filters = new HashMap<>();
    filters.put("user_id", account.userId());
    filters.put("actor_id", stranger.userId());
    filters.forEach(
        (name, value) ->
            TestAccount.admin()
                .given()
                .queryParam(name, value)
                .get(READS)
                .then()
                .body("items", hasSize(0)));
  }

  private static <T> T got(Uni<T> uni) {
    return uni.await().atMost(PATIENCE);
  }
}
