package com.faultmaven.artifact.domain;

import com.faultmaven.artifact.preprocess.text.TextDecoder;
import com.faultmaven.common.model.artifact.DataType;
import com.faultmaven.common.repository.StorageBackend;
import com.faultmaven.common.repository.StoredContent;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What earlier files of a case contribute to the understanding of a new one. */
@ApplicationScoped
public class CaseHistory {
  private static final Past NOTHING = new Past(null, List.of());

  private final FileStore files;
  private final StorageBackend storage;
  private final ProcessingPool pool;
  private final ProcessingSettings settings;

  /** Wires the bean. */
  @Inject
  public CaseHistory(
      FileStore files, StorageBackend storage, ProcessingPool pool, ProcessingSettings settings) {
    this.files = files;
    this.storage = storage;
    this.pool = pool;
    this.settings = settings;
  }

  /**
   * What is known from before.
   *
   * @param previousVersion raw text of the newest earlier file of that name, for configurations
   * @param stackTraces extractions of logs with stack traces, for source code
   */
  record Past(@Nullable String previousVersion, List<String> stackTraces) {}

  /** The past that matters for a file of that type. */
  Uni<Past> contextOf(FileSource file, DataType type) {
    return switch (type) {
      case STRUCTURED_CONFIG ->
          files
              .previousConfiguration(file.caseId(), file.filename(), file.fileId())
              .flatMap(
                  found ->
                      found
                          .filter(
                              earlier ->
                                  earlier.file().sizeBytes() <= settings.previousVersionBytes())
                          .map(this::text)
                          .orElse(Uni.createFrom().item(NOTHING)));
      case SOURCE_CODE ->
          files
              .stackTraces(file.caseId(), settings.stackTraces())
              .map(traces -> new Past(null, traces));
      default -> Uni.createFrom().item(NOTHING);
    };
  }

  private Uni<Past> text(FileRecord earlier) {
    return storage
        .retrieve(earlier.file().s3Key())
        .flatMap(
            content ->
                content.isEmpty()
                    ? Uni.createFrom().item(NOTHING)
                    : bytes(content.get())
                        .flatMap(
                            bytes ->
                                pool.run(
                                    () -> new Past(TextDecoder.decode(bytes).text(), List.of()))));
  }

  private static Uni<byte[]> bytes(StoredContent content) {
    return content
        .bytes()
        .collect()
        .in(ByteArrayOutputStream::new, CaseHistory::append)
        .map(ByteArrayOutputStream::toByteArray);
  }

  private static void append(ByteArrayOutputStream all, ByteBuffer piece) {
    byte[] bytes = new byte[piece.remaining()];
    piece.get(bytes);
    all.writeBytes(bytes);
  }
}
