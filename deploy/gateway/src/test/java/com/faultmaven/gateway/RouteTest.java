package com.faultmaven.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RouteTest {

  @ParameterizedTest
  @CsvSource({
    "/.well-known/jwks.json, USER",
    "/api/v1/auth/login, USER",
    "/api/v1/users, USER",
    "/api/v1/users/u1, USER",
    "/api/v1/users/kb, USER",
    "/api/v1/users/u1/export, USER",
    "/api/v1/users/u1/kbx, USER",
    "/api/v1/users/u1/kb, KNOWLEDGE",
    "/api/v1/users/u1/kb/documents/d1, KNOWLEDGE",
    "/api/v1/exports/e1, USER",
    "/api/v1/erasures/e1, USER",
    "/api/v1/audit/auth-events, USER",
    "/api/v1/admin/jobs/signing-keys, USER",
    "/api/v1/cases, CASE",
    "/api/v1/cases/search, CASE",
    "/api/v1/cases/c1/messages, CASE",
    "/api/v1/cases/files, CASE",
    "/api/v1/tags, CASE",
    "/api/v1/cases/c1/files, ARTIFACT",
    "/api/v1/cases/c1/files/search, ARTIFACT",
    "/api/v1/cases/{case_id}/files, ARTIFACT",
    "/api/v1/files/f1/content, ARTIFACT",
    "/api/v1/cases/c1/knowledge/ask, KNOWLEDGE",
    "/api/v1/kb/global/documents, KNOWLEDGE",
    "/api/v1/sessions, SESSION",
    "/api/v1/sessions/s1/heartbeat, SESSION"
  })
  void sendsEveryPathToItsOwner(String path, Upstream owner) {
    assertThat(Route.of(path)).map(Route::upstream).contains(owner);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/q/health",
        "/q/metrics",
        "/api/v1",
        "/api/v1/internal/export/u1",
        "/api/v1/casesx",
        "/api/v2/cases",
        "/API/v1/cases",
        "/user-service/q/openapi"
      })
  void keepsEverythingElseInside(String path) {
    assertThat(Route.of(path)).isEmpty();
  }
}
