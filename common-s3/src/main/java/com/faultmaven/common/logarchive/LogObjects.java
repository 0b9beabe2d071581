package com.faultmaven.common.logarchive;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.faultmaven.common.repository.StorageBackend;
import com.faultmaven.common.s3.CompressedObjects;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Rows of a log in objects: JSON lines, compressed. */
final class LogObjects {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** The most rows, each longer than any. */
  private static final int LARGEST = 256 << 20;

  private final CompressedObjects objects;

  LogObjects(StorageBackend storage) {
    this.objects = new CompressedObjects(storage, LARGEST);
  }

  Uni<CompressedObjects.Stored> store(String key, List<String> lines) {
    return objects.store(
        key,
        () ->
            lines.stream().map(line -> line + "\n").collect(Collectors.joining()).getBytes(UTF_8));
  }

  /**
   * What is made of its rows, the oldest first, on a worker; empty when the object is not there.
   */
  <T> Uni<Optional<T>> read(LogObject object, Function<Stream<ObjectNode>, T> reading) {
    return objects.read(object.key(), content -> reading.apply(rows(object, content)));
  }

  private static Stream<ObjectNode> rows(LogObject object, byte[] content) {
    if (!CompressedObjects.sha256(content).equals(object.sha256())) {
      throw new IllegalStateException(object.key() + " is not what was stored there");
    }
    return new String(content, UTF_8).lines().map(LogObjects::row);
  }

  private static ObjectNode row(String line) {
    try {
      return JSON.readValue(line, ObjectNode.class);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a line of an archived log is no JSON object", e);
    }
  }
}
