package com.faultmaven.common.repository.memory;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import com.faultmaven.common.model.knowledge.Embedding;
import com.faultmaven.common.model.knowledge.VectorCollection;
import com.faultmaven.common.model.knowledge.VectorDocument;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Base64;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * The file of one collection: a line for each write, forced to the disk before the write is
 * acknowledged. A line begins with its CRC-32; a last line that is torn by a crash was never
 * acknowledged and is cut off when the file is read. A file that holds mostly what was replaced or
 * deleted is written anew beside itself and swapped in with one rename.
 */
final class VectorJournal {
  private static final int CHECKSUM_LENGTH = 9;
  private static final int COMPACTION_FLOOR = 256;
  private static final JsonMapper JSON =
      JsonMapper.builder().addModule(new JavaTimeModule()).build();

  /** One write: the collection itself, documents put, or documents deleted. */
  @RegisterForReflection
  private record Entry(
      @Nullable VectorCollection collection,
      @Nullable List<Line> put,
      @Nullable List<String> deleted) {}

  @RegisterForReflection
  private record Line(String id, String text, String vector, Map<String, Object> metadata) {}

  /** What a file holds. */
  record Content(VectorCollection collection, Map<String, VectorDocument> documents) {}

  private final Path file;
  private int written;

  VectorJournal(Path file) {
    this.file = file;
  }

  /** Reads the file and mends its end; null when not even the collection's own line is whole. */
  @Nullable Content read() throws IOException {
    VectorCollection collection = null;
    Map<String, VectorDocument> documents = new LinkedHashMap<>();
    byte[] bytes = Files.readAllBytes(file);
    int start = 0;
    for (int end = 0; end < bytes.length; end++) {
      if (bytes[end] == '\n') {
        Entry entry = parse(bytes, start, end);
        if (entry == null) {
          break;
        }
        collection = entry.collection() == null ? collection : entry.collection();
        apply(entry, documents);
        start = end + 1;
      }
    }
    if (start < bytes.length) {
      try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
        channel.truncate(start).force(true);
      }
    }
    return collection == null ? null : new Content(collection, documents);
  }

  void create(VectorCollection collection) throws IOException {
    replace(collection, List.of());
  }

  void put(Collection<VectorDocument> documents) throws IOException {
    append(new Entry(null, documents.stream().map(VectorJournal::line).toList(), null));
    written += documents.size();
  }

  void delete(List<String> ids) throws IOException {
    append(new Entry(null, null, ids));
    written += ids.size();
  }

  void remove() throws IOException {
    Files.deleteIfExists(file);
  }

  /** Writes the file anew when it holds far more than what lives. */
  void compactIfWorthwhile(VectorCollection collection, Collection<VectorDocument> living)
      throws IOException {
    if (written > COMPACTION_FLOOR && written > 2 * living.size()) {
      replace(collection, living);
    }
  }

  private void replace(VectorCollection collection, Collection<VectorDocument> documents)
      throws IOException {
    Path next = file.resolveSibling(file.getFileName() + ".new");
    try (FileChannel channel =
        FileChannel.open(
            next,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      write(channel, new Entry(collection, null, null));
      for (VectorDocument document : documents) {
        write(channel, new Entry(null, List.of(line(document)), null));
      }
      channel.force(true);
    }
    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    forceDirectory();
    written = documents.size();
  }

  private void forceDirectory() throws IOException {
    Path directory = file.getParent();
    if (directory != null) {
      // A rename is durable only when the directory is.
      try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
        channel.force(true);
      }
    }
  }

  private void append(Entry entry) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.APPEND)) {
      long before = channel.size();
      try {
        write(channel, entry);
        channel.force(false);
      } catch (IOException failed) {
        // Half a line in the middle would hide every later one.
        channel.truncate(before);
        throw failed;
      }
    }
  }

  private static void write(FileChannel channel, Entry entry) throws IOException {
    byte[] json = JSON.writeValueAsBytes(entry);
    String line =
        String.format("%08x %s\n", checksum(json, 0, json.length), new String(json, UTF_8));
    ByteBuffer buffer = ByteBuffer.wrap(line.getBytes(UTF_8));
    while (buffer.hasRemaining()) {
      channel.write(buffer);
    }
  }

  private static @Nullable Entry parse(byte[] bytes, int start, int end) throws IOException {
    if (end - start <= CHECKSUM_LENGTH) {
      return null;
    }
    String expected = new String(bytes, start, CHECKSUM_LENGTH - 1, UTF_8);
    int from = start + CHECKSUM_LENGTH;
    if (!expected.equals(String.format("%08x", checksum(bytes, from, end - from)))) {
      return null;
    }
    return JSON.readValue(bytes, from, end - from, Entry.class);
  }

  private void apply(Entry entry, Map<String, VectorDocument> documents) {
    List<Line> put = entry.put();
    if (put != null) {
      put.forEach(line -> documents.put(line.id(), document(line)));
      written += put.size();
    }
    List<String> deleted = entry.deleted();
    if (deleted != null) {
      deleted.forEach(documents::remove);
      written += deleted.size();
    }
  }

  private static long checksum(byte[] bytes, int from, int length) {
    CRC32 checksum = new CRC32();
    checksum.update(bytes, from, length);
    return checksum.getValue();
  }

  private static Line line(VectorDocument document) {
    float[] values = document.embedding().toArray();
    ByteBuffer packed = ByteBuffer.allocate(values.length * Float.BYTES);
    packed.asFloatBuffer().put(values);
    return new Line(
        document.id(),
        document.text(),
        Base64.getEncoder().encodeToString(packed.array()),
        document.metadata());
  }

  private static VectorDocument document(Line line) {
    ByteBuffer packed = ByteBuffer.wrap(Base64.getDecoder().decode(line.vector()));
    float[] values = new float[packed.capacity() / Float.BYTES];
    packed.asFloatBuffer().get(values);
    return new VectorDocument(line.id(), line.text(), Embedding.of(values), line.metadata());
  }
}
