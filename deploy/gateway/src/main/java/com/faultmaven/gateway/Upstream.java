package com.faultmaven.gateway;

/** A service behind the gateway. */
public enum Upstream {
  /** Accounts, credentials and tokens. */
  USER("user-service", "Users and sign-in", "FAULTMAVEN_USER_SERVICE_URL", 8081),
  /** Cases and everything recorded in them. */
  CASE("case-service", "Cases", "FAULTMAVEN_CASE_SERVICE_URL", 8082),
  /** Uploaded files. */
  ARTIFACT("artifact-service", "Files", "FAULTMAVEN_ARTIFACT_SERVICE_URL", 8083),
  /** Knowledge bases and search. */
  KNOWLEDGE("knowledge-service", "Knowledge", "FAULTMAVEN_KNOWLEDGE_SERVICE_URL", 8084),
  /** Live sessions. */
  SESSION("session-service", "Sessions", "FAULTMAVEN_SESSION_SERVICE_URL", 8085);

  private final String module;
  private final String title;
  private final String variable;
  private final int defaultPort;

  Upstream(String module, String title, String variable, int defaultPort) {
    this.module = module;
    this.title = title;
    this.variable = variable;
    this.defaultPort = defaultPort;
  }

  /** Name of the service in logs and problem details, e.g. {@code user-service}. */
  public String module() {
    return module;
  }

  /** Heading of the service's part of the API page. */
  public String title() {
    return title;
  }

  /** Environment variable with the service's address. */
  String variable() {
    return variable;
  }

  /** Address of the service when the environment has none. */
  String defaultUrl() {
    return "http://127.0.0.1:" + defaultPort;
  }
}
