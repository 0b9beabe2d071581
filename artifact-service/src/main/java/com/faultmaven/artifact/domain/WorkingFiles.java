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
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * Files on this machine's disk while they are worked on; only this process's user can read them.
 */
@ApplicationScoped
public class WorkingFiles {
  private static final Logger LOG = Logger.getLogger(WorkingFiles.class);
  private static final String PREFIX = "upload-";

  private final Vertx vertx;
  private final UploadSettings settings;
  private Path directory = Path.of("");

  /** Wires the bean. */
  @Inject
  public WorkingFiles(Vertx vertx, UploadSettings settings) {
    this.vertx = vertx;
    this.settings = settings;
  }

  @PostConstruct
  void prepare() {
    try {
      Path home = settings.directory().orElseGet(WorkingFiles::defaultHome).toAbsolutePath();
      directory = home.resolve(Long.toString(ProcessHandle.current().pid()));
      privateDirectory(home);
      privateDirectory(directory);
      deleteForgotten(home);
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

  private static Path defaultHome() {
    // With the user's name: a temporary folder belongs to all, and its entries to one user each.
    return Path.of(
        System.getProperty("java.io.tmpdir"),
        "faultmaven-artifacts-"
            + System.getProperty("user.name").replaceAll("[^A-Za-z0-9_-]", "_"));
  }

  private static void privateDirectory(Path directory) throws IOException {
    Files.createDirectories(directory);
    // Fails for a folder of another user, who could read or exchange what is put there.
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
    if (Files.isSymbolicLink(directory)) {
      throw new IOException(directory + " is a link");
    }
  }

  /** What earlier processes left behind when they were killed: raw files, so at once. */
  private void deleteForgotten(Path home) throws IOException {
    try (Stream<Path> processes = Files.list(home)) {
      for (Path left : processes.filter(WorkingFiles::isForgotten).toList()) {
        deleteFiles(left);
        if (!left.equals(directory)) {
          Files.deleteIfExists(left);
        }
      }
    }
  }

  private static boolean isForgotten(Path left) {
    String pid = left.getFileName().toString();
    if (!pid.matches("[0-9]{1,18}") || !Files.isDirectory(left, LinkOption.NOFOLLOW_LINKS)) {
      return false;
    }
    long number = Long.parseLong(pid);
    // A process with this one's number is over, as this one has just begun.
    return number == ProcessHandle.current().pid()
        || ProcessHandle.of(number).filter(ProcessHandle::isAlive).isEmpty();
  }

  private static void deleteFiles(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
