package com.faultmaven.gateway;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Makes one OpenAPI document out of the services' own. */
final class OpenApiMerge {
  private static final String SCHEME = "bearer";
  private static final Set<String> METHODS =
      Set.of("get", "put", "post", "delete", "options", "head", "patch", "trace");

  private static final String DESCRIPTION =
      "Everything that the data layer of FaultMaven offers: users, cases, files, knowledge and"
          + " sessions. Get an access token from `POST /api/v1/auth/login` and send it as"
          + " `Authorization: Bearer …`. Errors are problem details (RFC 9457).";

  private final Map<Upstream, JsonObject> documents;
  private final ComponentNames names;
  private final Set<String> operationIds = new HashSet<>();

  private OpenApiMerge(Map<Upstream, JsonObject> documents) {
    this.documents = documents;
    this.names = ComponentNames.of(documents);
  }

  /**
   * The merged document: of each service the paths that the gateway routes to it, its components
   * (renamed only where two services mean different things), one tag, and one security scheme.
   *
   * @param documents what could be fetched; the description names the services that are missing
   */
  static JsonObject merge(Map<Upstream, JsonObject> documents) {
    Map<Upstream, JsonObject> ordered = new EnumMap<>(Upstream.class);
    ordered.putAll(documents);
    return new OpenApiMerge(ordered).merged();
  }

  private JsonObject merged() {
    JsonObject paths = new JsonObject();
    JsonObject components = new JsonObject();
    JsonArray tags = new JsonArray();
    documents.forEach(
        (service, document) -> {
          tags.add(tag(service, document));
          addPaths(service, document, paths);
          addComponents(service, document, components);
        });
    components.put(
        "securitySchemes",
        new JsonObject()
            .put(
                SCHEME,
                new JsonObject()
                    .put("type", "http")
                    .put("scheme", "bearer")
                    .put("bearerFormat", "JWT")
                    .put("description", "Access token of `POST /api/v1/auth/login`, 15 minutes.")));
    return new JsonObject()
        .put("openapi", version())
        .put("info", info())
        .put("servers", new JsonArray().add(new JsonObject().put("url", "/")))
        .put("tags", tags)
        .put("paths", paths)
        .put("components", components);
  }

  private String version() {
    return documents.values().stream()
        .map(document -> document.getString("openapi", "3.1.0"))
        .max(String::compareTo)
        .orElse("3.1.0");
  }

  private JsonObject info() {
    List<String> missing =
        Arrays.stream(Upstream.values())
            .filter(service -> !documents.containsKey(service))
            .map(Upstream::module)
            .toList();
    String note =
        missing.isEmpty()
            ? ""
            : "\n\n**Incomplete:** "
                + String.join(", ", missing)
                + (missing.size() == 1 ? " does" : " do")
                + " not answer now; reload this page in a moment.";
    String apiVersion =
        documents.values().stream()
            .map(document -> document.getJsonObject("info", new JsonObject()).getString("version"))
            .flatMap(version -> Optional.ofNullable(version).stream())
            .findFirst()
            .orElse("unknown");
    return new JsonObject()
        .put("title", "FaultMaven")
        .put("description", DESCRIPTION + note)
        .put("version", apiVersion);
  }

  private static JsonObject tag(Upstream service, JsonObject document) {
    String described =
        document.getJsonObject("info", new JsonObject()).getString("description", service.module());
    return new JsonObject().put("name", service.title()).put("description", described);
  }

  private void addPaths(Upstream service, JsonObject document, JsonObject paths) {
    JsonObject own = document.getJsonObject("paths", new JsonObject());
    JsonArray general = document.getJsonArray("security");
    for (String path : own.fieldNames()) {
      boolean routedHere = Route.of(path).map(Route::upstream).filter(service::equals).isPresent();
      if (!routedHere || !(names.rewrite(service, own.getValue(path)) instanceof JsonObject item)) {
        continue;
      }
      item.remove("servers");
      for (String method : METHODS) {
        if (item.getValue(method) instanceof JsonObject operation) {
          adapt(service, operation, general);
        }
      }
      paths.put(path, item);
    }
  }

  private void adapt(Upstream service, JsonObject operation, JsonArray general) {
    operation.put("tags", new JsonArray().add(service.title()));
    operation.remove("servers");
    JsonArray security = operation.getJsonArray("security", general);
    if (security != null) {
      boolean open = security.isEmpty();
      JsonArray bearer = new JsonArray().add(new JsonObject().put(SCHEME, new JsonArray()));
      operation.put("security", open ? new JsonArray() : bearer);
    }
    String id = operation.getString("operationId");
    if (id != null && !operationIds.add(id)) {
      operation.put("operationId", service.module() + "-" + id);
    }
  }

  private void addComponents(Upstream service, JsonObject document, JsonObject components) {
    ComponentNames.forEachComponent(
        document,
        (section, name, value) -> {
          if (!section.equals("securitySchemes")) {
            if (!components.containsKey(section)) {
              components.put(section, new JsonObject());
            }
            components
                .getJsonObject(section)
                .put(names.name(service, section, name), names.rewrite(service, value));
          }
        });
  }
}
