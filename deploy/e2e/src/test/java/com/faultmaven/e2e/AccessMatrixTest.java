package com.faultmaven.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.faultmaven.e2e.AccessMatrix.Row;
import com.faultmaven.e2e.AccessMatrix.Who;
import com.faultmaven.e2e.Api.Answer;
import com.faultmaven.local.LocalStack;
import com.faultmaven.local.Service;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Who gets what from every endpoint of every service (decisions, section 7). The services are asked
 * behind the gateway's back: nothing is trusted because of where it comes from.
 */
@ExtendWith(RunningStack.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AccessMatrixTest {
  private static final Set<String> METHODS = Set.of("get", "put", "post", "patch", "delete");

  private final LocalStack stack;
  private final Fixtures fixtures;

  AccessMatrixTest(LocalStack stack) throws IOException {
    this.stack = stack;
    this.fixtures = new Fixtures(stack);
  }

  @BeforeAll
  void everythingIsUp() {
    assertThat(stack.statuses()).isNotEmpty();
  }

  static List<Row> rows() throws IOException {
    return AccessMatrix.read();
  }

  @Test
  void listsEveryEndpointOfEveryService() throws IOException {
    Set<String> listed = new TreeSet<>();
    rows().forEach(row -> listed.add(row.service().module() + " " + plain(row.endpoint())));

    assertThat(listed).containsExactlyInAnyOrderElementsOf(documented());
  }

  private Set<String> documented() {
    Set<String> endpoints = new TreeSet<>();
    for (Service service : Service.values()) {
      Answer document =
          new Api(stack.serviceUrl(service), null).get("/q/openapi?format=json").expect(200);
      document
          .body()
          .path("paths")
          .properties()
          .forEach(
              path ->
                  path.getValue()
                      .fieldNames()
                      .forEachRemaining(
                          method -> {
                            if (METHODS.contains(method)) {
                              endpoints.add(
                                  plain(
                                      service.module()
                                          + " "
                                          + method.toUpperCase(java.util.Locale.ROOT)
                                          + " "
                                          + path.getKey()));
                            }
                          }));
    }
    return endpoints;
  }

  /** Placeholders have other names in the matrix where one name means two things. */
  private static String plain(String endpoint) {
    return endpoint.replaceAll("\\{[^}]*}", "{}");
  }

  @ParameterizedTest
  @MethodSource("rows")
  void answersEachCallerAsTheMatrixSays(Row row) {
    SoftAssertions cells = new SoftAssertions();
    for (Who who : Who.values()) {
      Answer answer = call(row, who);
      cells
          .assertThat(answer.status())
          .as("%s of %s, which answered %s", row, who, answer.http().body())
          .isEqualTo(row.expected().get(who));
      if (answer.status() >= 400) {
        cells
            .assertThat(answer.http().headers().firstValue("Content-Type"))
            .as("%s of %s", row, who)
            .hasValueSatisfying(type -> assertThat(type).contains("application/problem+json"));
      }
    }
    cells.assertAll();
  }

  private Answer call(Row row, Who who) {
    Fixtures.Cell cell =
        fixtures.cell(who, row.path().contains("{user_id}") || row.service() == Service.USER);
    String path = cell.fill(row.path());
    Api api = new Api(stack.serviceUrl(row.service()), cell.token());
    if ("@file".equals(row.body())) {
      return api.upload(path, "app.log", Fixtures.log(), "processing_mode", "overview_cached");
    }
    return api.send(row.method(), path, row.body() == null ? null : cell.fill(row.body()));
  }
}
