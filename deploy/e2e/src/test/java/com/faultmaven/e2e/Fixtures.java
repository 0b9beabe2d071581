package com.faultmaven.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.faultmaven.e2e.AccessMatrix.Who;
import com.faultmaven.local.LocalStack;
import com.faultmaven.local.Service;
import java.io.IOException;
import java.net.URI;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The people of the access matrix, and new things of the owner's for every cell. */
final class Fixtures {
  private static final Pattern PLACEHOLDER = Pattern.compile("\\{([a-z_]+)}");
  private static final byte[] LOG =
      "2026-01-31T12:00:00Z ERROR pool exhausted\n2026-01-31T12:00:01Z INFO retry\n"
          .getBytes(UTF_8);

  private final URI gateway;
  private final String serviceSecret;
  private final Map<Who, Person> people = new EnumMap<>(Who.class);

  Fixtures(LocalStack stack) throws IOException {
    gateway = stack.gatewayUrl();
    serviceSecret = stack.serviceSecret(Service.CASE);
    Person admin = Person.logIn(gateway, LocalStack.ADMIN, stack.adminPassword());
    people.put(Who.ADMIN, admin);
    people.put(Who.OWNER, Person.register(gateway));
    people.put(Who.STRANGER, Person.register(gateway));
    Person analyst = Person.register(gateway);
    new Api(gateway, admin.token())
        .send(
            "PUT",
            "/api/v1/users/" + analyst.userId() + "/roles",
            "{\"roles\": [\"user\", \"analyst\"]}")
        .expect(200);
    people.put(Who.ANALYST, Person.logIn(gateway, analyst.username(), analyst.password()));
  }

  /** What one cell of the matrix needs. */
  Cell cell(Who who, boolean freshOwner) {
    return new Cell(who, freshOwner);
  }

  /** Makes what the placeholders of a row stand for, each once, as the owner. */
  final class Cell {
    private final Who who;
    private final Person owner;
    private final Map<String, String> made = new HashMap<>();

    private Cell(Who who, boolean freshOwner) {
      this.who = who;
      // What a row does to an account must not touch the next row's.
      this.owner = freshOwner ? Person.register(gateway) : person(Who.OWNER);
    }

    /** The caller's token; null for nobody. */
    @Nullable String token() {
      return caller() == null ? null : caller().token();
    }

    private @Nullable Person caller() {
      return switch (who) {
        case ANONYMOUS -> null;
        case OWNER -> owner;
        default -> person(who);
      };
    }

    /** The text with every placeholder replaced. */
    String fill(String text) {
      Matcher placeholder = PLACEHOLDER.matcher(text);
      StringBuilder filled = new StringBuilder();
      while (placeholder.find()) {
        placeholder.appendReplacement(
            filled, Matcher.quoteReplacement(value(placeholder.group(1))));
      }
      return placeholder.appendTail(filled).toString();
    }

    private String value(String name) {
      String known = made.get(name);
      if (known == null) {
        known = make(name);
        made.put(name, known);
      }
      return known;
    }

    private String make(String name) {
      return switch (name) {
        case "unique" -> "u" + UUID.randomUUID().toString().replace("-", "").substring(0, 20);
        case "user_id" -> owner.userId();
        case "username" -> owner.username();
        case "password" -> owner.password();
        case "refresh_token" -> refreshToken();
        // Passkeys need an authenticator and providers an issuer: user-service's own tests have
        // them.
        case "passkey_id", "provider" -> "none";
        case "job_name" -> "signing-keys";
        case "run_id" -> run();
        case "export_id" -> owners("/api/v1/users/{user_id}/export", "{}", "export_id");
        case "erasure_id" -> owners("/api/v1/users/{user_id}/erasure", "{}", "erasure_id");
        case "caller_password" -> caller() == null ? "none" : caller().password();
        case "service_secret" -> serviceSecret;
        case "tag" -> tag();
        case "case_id" -> owners("/api/v1/cases", "{\"title\": \"A case\"}", "case_id");
        case "evidence_id" ->
            owners(
                "/api/v1/cases/{case_id}/evidence",
                "{\"content\": \"seen\", \"source_type\": \"user_observation\", \"form\": \"user_input\"}",
                "evidence_id");
        case "hypothesis_id" ->
            owners(
                "/api/v1/cases/{case_id}/hypotheses",
                "{\"description\": \"The pool is too small\"}",
                "hypothesis_id");
        case "solution_id" ->
            owners(
                "/api/v1/cases/{case_id}/solutions",
                "{\"description\": \"Enlarge it\", \"category\": \"fix\"}",
                "solution_id");
        case "call_id" ->
            owners(
                "/api/v1/cases/{case_id}/tool-calls",
                "{\"tool_name\": \"grep\", \"input_params\": {}}",
                "call_id");
        case "session_id" ->
            owners("/api/v1/sessions", "{\"client_id\": \"c-{unique}\"}", "session_id");
        case "file_id" -> file();
        case "document_id" ->
            owners(
                "/api/v1/users/{user_id}/kb/documents",
                "{\"title\": \"Pools\", \"content\": \"Enlarge the pool.\", \"document_type\": \"runbook\"}",
                "document_id");
        case "global_document_id" ->
            admins(
                "/api/v1/kb/global/documents",
                "{\"title\": \"Pools\", \"content\": \"Enlarge the pool.\", \"document_type\": \"runbook\"}",
                "document_id");
        default -> throw new IllegalStateException("no fixture for {" + name + "}");
      };
    }

    private String owners(String path, String body, String id) {
      return made(new Api(gateway, owner.token()), path, body, id);
    }

    private String admins(String path, String body, String id) {
      return made(new Api(gateway, person(Who.ADMIN).token()), path, body, id);
    }

    private String made(Api api, String path, String body, String id) {
      return api.post(fill(path), fill(body)).expect(200, 201, 202).text(id);
    }

    private String file() {
      return new Api(gateway, owner.token())
          .upload(
              fill("/api/v1/cases/{case_id}/files"),
              "app.log",
              LOG,
              "processing_mode",
              "overview_cached")
          .expect(201)
          .text("file_id");
    }

    private String tag() {
      new Api(gateway, owner.token())
          .post(fill("/api/v1/cases/{case_id}/tags"), "{\"tags\": [\"database\"]}")
          .expect(200, 201);
      return "database";
    }

    private String run() {
      Api admin = new Api(gateway, person(Who.ADMIN).token());
      return admin
          .send("POST", "/api/v1/admin/jobs/signing-keys", null)
          .expect(200, 202)
          .text("run_id");
    }

    private String refreshToken() {
      Person caller = caller();
      return caller == null
          ? "none"
          : Person.logIn(gateway, caller.username(), caller.password()).refreshToken();
    }

    private Person person(Who somebody) {
      return java.util.Objects.requireNonNull(people.get(somebody));
    }
  }

  /** The bytes that are uploaded. */
  static byte[] log() {
    return LOG.clone();
  }
}
