package com.faultmaven.local.servers;

import com.faultmaven.local.process.ComponentException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where the build left the servers' executables.
 *
 * @param postgres directory with the PostgreSQL archive of this platform
 * @param redis directory with the Redis executable of this platform
 * @param kafka directory with the broker's jars
 * @param s3proxy directory with the S3 server's jars
 */
public record ServerBinaries(Path postgres, Path redis, Path kafka, Path s3proxy) {
  private static final String MODULE = "deploy/local";

  /** The layout of a staged copy: one directory per server. */
  public static ServerBinaries staged(Path directory) {
    return new ServerBinaries(
        directory.resolve("postgres"),
        directory.resolve("redis"),
        directory.resolve("kafka"),
        directory.resolve("s3proxy"));
  }

  /** The layout of a built checkout. */
  public static ServerBinaries ofCheckout(Path root) {
    Path module = root.resolve(MODULE);
    return new ServerBinaries(
        module.resolve("target/servers/postgres"),
        module.resolve("target/servers/redis"),
        module.resolve("servers/kafka/target/lib"),
        module.resolve("servers/s3proxy/target/lib"));
  }

  /**
   * The executables of the checkout that this process runs in: the system property {@code
   * faultmaven.root}, otherwise the closest directory above the working directory.
   */
  public static ServerBinaries ofThisCheckout() {
    String root = System.getProperty("faultmaven.root");
    Path from = Path.of(root == null ? "" : root).toAbsolutePath();
    for (@Nullable Path at = from; at != null; at = at.getParent()) {
      if (Files.isDirectory(at.resolve(MODULE))) {
        return ofCheckout(at);
      }
    }
    throw new ComponentException("no checkout of FaultMaven at or above " + from);
  }

  /** The only file of the directory, e.g. the archive; absent when the build did not run. */
  static Optional<Path> onlyFile(Path directory) throws IOException {
    if (!Files.isDirectory(directory)) {
      return Optional.empty();
    }
    try (Stream<Path> files = Files.list(directory)) {
      return files.filter(Files::isRegularFile).sorted().findFirst();
    }
  }

  static ComponentException notBuilt(Path expected) {
    return new ComponentException(
        expected
            + " is missing; build it with ./mvnw package -Dquick -pl deploy/local/servers/kafka,"
            + "deploy/local/servers/s3proxy,deploy/local");
  }
}
