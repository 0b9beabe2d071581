package com.faultmaven.local.servers;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/**
 * What is unpacked or installed once per user and shared by every stack: {@code
 * $XDG_CACHE_HOME/faultmaven}, usually {@code ~/.cache/faultmaven}. An entry appears complete or
 * not at all, also when two processes make it at once or one is killed meanwhile.
 */
public final class ArchiveCache {
  private final Path root;

  public ArchiveCache(Path root) {
    this.root = root;
  }

  /** The cache of this user. */
  public static ArchiveCache ofUser() {
    Path cache =
        variable("XDG_CACHE_HOME")
            .map(Path::of)
            .orElseGet(
                () -> Path.of(variable("HOME").orElse(System.getProperty("user.home")), ".cache"));
    return new ArchiveCache(cache.resolve("faultmaven"));
  }

  /** Directory for files that may be lost at any time. */
  public Path directory(String name) throws IOException {
    return Files.createDirectories(root.resolve(name));
  }

  /** Makes the content of a new entry. */
  @FunctionalInterface
  public interface Filler {
    void fill(Path directory) throws IOException, InterruptedException;
  }

  /** The entry for exactly this content, made by {@code filler} when it is not there yet. */
  public Path entry(String name, byte[] content, Filler filler)
      throws IOException, InterruptedException {
    Path entry = root.resolve(name + "-" + digest(content));
    if (Files.isDirectory(entry)) {
      return entry;
    }
    Files.createDirectories(root);
    Path unfinished = Files.createTempDirectory(root, ".unfinished-");
    try {
      filler.fill(unfinished);
      Files.setPosixFilePermissions(unfinished, mode(0755));
      Files.move(unfinished, entry, StandardCopyOption.ATOMIC_MOVE);
    } catch (FileAlreadyExistsException | DirectoryNotEmptyException otherProcessWasFaster) {
      return entry;
    } finally {
      DirectoryTree.delete(unfinished);
    }
    return entry;
  }

  /** The directory with the unpacked {@code .tar.xz} archive. */
  public Path unpacked(String name, Path archive) throws IOException, InterruptedException {
    return entry(name, Files.readAllBytes(archive), directory -> unpack(archive, directory));
  }

  /**
   * A copy of the jars. The class archive of a Java server is valid only for jars at the place
   * where it was written, and builds come and go.
   */
  public Path jars(String name, Path directory) throws IOException, InterruptedException {
    List<Path> jars;
    try (Stream<Path> files = Files.list(directory)) {
      jars = files.filter(file -> file.toString().endsWith(".jar")).sorted().toList();
    } catch (NoSuchFileException e) {
      throw ServerBinaries.notBuilt(directory);
    }
    if (jars.isEmpty()) {
      throw ServerBinaries.notBuilt(directory);
    }
    String names = jars.stream().map(jar -> jar.getFileName().toString()).collect(joining("\n"));
    return entry(
        name,
        names.getBytes(StandardCharsets.UTF_8),
        copy -> {
          for (Path jar : jars) {
            Files.copy(jar, copy.resolve(jar.getFileName()));
          }
        });
  }

  private static void unpack(Path archive, Path directory) throws IOException {
    try (InputStream file = new BufferedInputStream(Files.newInputStream(archive));
        TarArchiveInputStream tar = new TarArchiveInputStream(new XZInputStream(file))) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        Path target = directory.resolve(entry.getName()).normalize();
        if (!target.startsWith(directory)) {
          throw new IOException(archive + " holds a path outside of itself: " + entry.getName());
        }
        if (entry.isDirectory()) {
          Files.createDirectories(target);
          continue;
        }
        Files.createDirectories(requireNonNull(target.getParent()));
        if (entry.isSymbolicLink()) {
          Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
        } else {
          Files.copy(tar, target);
          Files.setPosixFilePermissions(target, mode(entry.getMode()));
        }
      }
    }
  }

  private static Set<PosixFilePermission> mode(int bits) {
    Set<PosixFilePermission> permissions = EnumSet.noneOf(PosixFilePermission.class);
    PosixFilePermission[] all = PosixFilePermission.values();
    for (int bit = 0; bit < all.length; bit++) {
      if ((bits & (0400 >> bit)) != 0) {
        permissions.add(all[bit]);
      }
    }
    return permissions;
  }

  private static String digest(byte[] content) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(content);
      return HexFormat.of().formatHex(hash, 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private static Optional<String> variable(String name) {
    return Optional.ofNullable(System.getenv(name)).filter(value -> !value.isBlank());
  }
}
