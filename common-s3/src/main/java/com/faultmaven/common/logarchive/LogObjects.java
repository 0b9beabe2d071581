package com.faultmaven.common.logarchive;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.faultmaven.common.repository.StorageBackend;
import com.faultmaven.common.s3.CompressedObjects;
import io.smallrye.mutiny.Uni;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Rows of a log in objects: JSON lines, compressed. */
final class LogObjects {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** The most rows, each longer than any. */
  private static final int LARGEST = 256 << 20;

  private final CompressedObjects objects;

  LogObjects(StorageBackend storage) {
    this.objects = new CompressedObjects(storage, LARGEST);
  }

  /**
   * An object that was stored.
   *
   * @param sha256 of its content before compression, in hexadecimal
   * @param bytes that it takes in the bucket
   */
  record Stored(String sha256, long bytes) {}

  Uni<Stored> store(String key, List<String> lines) {
    byte[] content =
        lines.stream().map(line -> line + "\n").collect(Collectors.joining()).getBytes(UTF_8);
    return objects.store(key, content).map(bytes -> new Stored(sha256(content), bytes));
  }

  /** Its rows, the oldest first; empty when the object is not there. */
  Uni<Optional<List<ObjectNode>>> read(LogObject object) {
    return objects.read(object.key(), content -> rows(object, content));
  }

  private static List<ObjectNode> rows(LogObject object, byte[] content) {
    if (!sha256(content).equals(object.sha256())) {
      throw new IllegalStateException(object.key() + " is not what was stored there");
    }
    return new String(content, UTF_8).lines().map(LogObjects::row).toList();
  }

  private static ObjectNode row(String line) {
    try {
      return JSON.readValue(line, ObjectNode.class);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a line of an archived log is no JSON object", e);
    }
  }

  private static String sha256(byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
