package com.faultmaven.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.faultmaven.local.Service;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The table of {@code access-matrix.txt}: who gets which status from which endpoint. */
final class AccessMatrix {
  private static final String FILE = "/access-matrix.txt";

  private AccessMatrix() {}

  /** Who calls, in the order of the table's columns. */
  enum Who {
    ANONYMOUS,
    OWNER,
    STRANGER,
    ANALYST,
    ADMIN
  }

  /**
   * One endpoint.
   *
   * @param path with placeholders
   * @param expected a status for each {@link Who}
   * @param body with placeholders, null for none
   */
  record Row(
      Service service,
      String method,
      String path,
      Map<Who, Integer> expected,
      @Nullable String body) {
    /** Method and path without the query, as OpenAPI names an endpoint. */
    String endpoint() {
      int query = path.indexOf('?');
      return method + " " + (query < 0 ? path : path.substring(0, query));
    }

    @Override
    public String toString() {
      return service.module() + " " + method + " " + path;
    }
  }

  /** All rows of the table. */
  static List<Row> read() throws IOException {
    try (InputStream in = AccessMatrix.class.getResourceAsStream(FILE)) {
      if (in == null) {
        throw new IOException(FILE + " is missing");
      }
      List<Row> rows = new ArrayList<>();
      Service service = Service.USER;
      for (String line : new String(in.readAllBytes(), UTF_8).lines().toList()) {
        if (line.startsWith("[")) {
          service = service(line.substring(1, line.indexOf(']')));
        } else if (!line.isBlank() && !line.startsWith("#")) {
          rows.add(row(service, line));
        }
      }
      return rows;
    }
  }

  private static Row row(Service service, String line) {
    String[] parts = line.split("\\|", 3);
    String[] endpoint = parts[0].strip().split("\\s+", -1);
    String[] statuses = parts[1].strip().split("\\s+", -1);
    if (endpoint.length != 2 || statuses.length != Who.values().length) {
      throw new IllegalStateException("not a row of the access matrix: " + line);
    }
    Map<Who, Integer> expected = new EnumMap<>(Who.class);
    Iterator<String> next = Arrays.asList(statuses).iterator();
    for (Who who : Who.values()) {
      expected.put(who, Integer.valueOf(next.next()));
    }
    String body = parts.length == 3 && !parts[2].isBlank() ? parts[2].strip() : null;
    return new Row(service, endpoint[0], endpoint[1], expected, body);
  }

  private static Service service(String module) {
    return Service.valueOf(module.replace("-service", "").toUpperCase(Locale.ROOT));
  }
}
