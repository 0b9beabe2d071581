package com.faultmaven.local.process;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** A JSON file with one value, readable by its owner only and replaced as a whole. */
public final class JsonFile {
  private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  private final ObjectMapper mapper =
      new ObjectMapper()
          .registerModule(new JavaTimeModule())
          .setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(SerializationFeature.INDENT_OUTPUT);
  private final Path path;

  public JsonFile(Path path) {
    this.path = path;
  }

  public boolean exists() {
    return Files.exists(path);
  }

  /** The value; a file that is absent or broken is an {@link IOException} naming it. */
  public <T> T read(Class<T> type) throws IOException {
    return mapper.readValue(path.toFile(), type);
  }

  /** The value as a map from names to values of one type; empty when the file is absent. */
  public <V> Map<String, V> readMap(Class<V> values) throws IOException {
    if (!exists()) {
      return Map.of();
    }
    return mapper.readValue(
        path.toFile(),
        mapper.getTypeFactory().constructMapType(TreeMap.class, String.class, values));
  }

  /** Replaces the value: readers see the old one or the new one, never half of it. */
  public void write(Object value) throws IOException {
    Path directory = path.toAbsolutePath().getParent();
    if (directory == null) {
      throw new IOException(path + " is no file");
    }
    Files.createDirectories(directory);
    Path next = Files.createTempFile(directory, path.getFileName().toString(), null, OWNER_ONLY);
    Files.writeString(next, mapper.writeValueAsString(value) + "\n");
    Files.move(next, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
