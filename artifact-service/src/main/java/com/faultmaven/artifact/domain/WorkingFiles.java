package com.faultmaven.artifact.domain;

import com.faultmaven.common.repository.StoredContent;
import io.smallrye.mutiny.Uni;
import io.vertx.core.file.OpenOptions;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.core.buffer.Buffer;
import io.vertx.mutiny.core.file.AsyncFile;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * Files on this machine's disk while they are worked on; only this process's user can read them.
 */
@ApplicationScoped
public class WorkingFiles {
  private static final Logger LOG = Logger.getLogger(WorkingFiles.class);
  private static final Duration FORGOTTEN_AFTER = Duration.ofHours(1);
  private static final String PREFIX = "upload-";

  private final Vertx vertx;
  private final UploadSettings settings;
  private final Clock clock;
  private Path directory = Path.of("");

  /** Wires the bean. */
  @Inject
  public WorkingFiles(Vertx vertx, UploadSettings settings, Clock clock) {
    this.vertx = vertx;
    this.settings = settings;
    this.clock = clock;
  }

  @PostConstruct
  void prepare() {
    try {
      if (settings.directory().isPresent()) {
        directory = Files.createDirectories(settings.directory().get()).toAbsolutePath();
        deleteForgotten();
      } else {
        directory = Files.createTempDirectory("faultmaven-artifacts-");
      }
    } catch (IOException e) {
      throw new UncheckedIOException("faultmaven.upload.directory cannot be used", e);
    }
  }

  /**
   * A file that is open for writing.
   *
   * @param path where it is
   * @param file to write to and to close
   */
  public record Opened(Path path, io.vertx.core.file.AsyncFile file) {}

  /** Makes an empty file with a name of its own and opens it; the caller closes and deletes it. */
  public Uni<Opened> open() {
    return vertx
        .fileSystem()
        .createTempFile(directory.toString(), PREFIX, ".part", "rw-------")
        .flatMap(
            path ->
                vertx
                    .fileSystem()
                    .open(path, new OpenOptions().setWrite(true))
                    .map(file -> new Opened(Path.of(path), file.getDelegate())));
  }

  /** Deletes a file; one that cannot be deleted is logged and left. */
  public Uni<Void> delete(Path file) {
    return vertx
        .fileSystem()
        .delete(file.toString())
        .onFailure()
        .invoke(failure -> LOG.warnf("%s stays: %s", file, failure.toString()))
        .onFailure()
        .recoverWithNull();
  }

  /** Writes content into a file, gives it to the work, and deletes it afterwards. */
  <T> Uni<T> with(StoredContent content, Function<Path, Uni<T>> work) {
    return open()
        .flatMap(
            opened ->
                write(new AsyncFile(opened.file()), content)
                    .chain(() -> work.apply(opened.path()))
                    .eventually(() -> delete(opened.path())));
  }

  private static Uni<Void> write(AsyncFile file, StoredContent content) {
    return content
        .bytes()
        .onItem()
        .transformToUniAndConcatenate(piece -> file.write(bufferOf(piece)))
        .collect()
        .last()
        .replaceWithVoid()
        .eventually(file::close);
  }

  private static Buffer bufferOf(ByteBuffer piece) {
    byte[] bytes = new byte[piece.remaining()];
    piece.get(bytes);
    return Buffer.buffer(bytes);
  }

  /** What an earlier process left behind when it was killed. */
  private void deleteForgotten() throws IOException {
    Instant before = clock.instant().minus(FORGOTTEN_AFTER);
    try (Stream<Path> left = Files.list(directory)) {
      for (Path file : left.toList()) {
        boolean ours = file.getFileName().toString().startsWith(PREFIX);
        if (ours && Files.getLastModifiedTime(file).compareTo(FileTime.from(before)) < 0) {
          Files.deleteIfExists(file);
        }
      }
    }
  }
}
