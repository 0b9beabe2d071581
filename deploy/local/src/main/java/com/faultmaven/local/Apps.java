package com.faultmaven.local;

import com.faultmaven.local.process.ComponentException;
import com.faultmaven.local.servers.ServerBinaries;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The packaged programs that a stack runs.
 *
 * @param services from the name of a service to its directory with {@code quarkus-run.jar}
 * @param gateway directory with the gateway's jar and its {@code lib/}
 * @param servers the backing servers' executables
 */
public record Apps(Map<String, Path> services, Path gateway, ServerBinaries servers) {
  /**
   * A program's archive of classes, beside its jar: one of another build may fit as far as the JVM
   * looks, and then takes its memory and gives no class.
   */
  static final String ARCHIVE = "classes.jsa";

  private static final String RUN = "quarkus-run.jar";

  public Apps {
    services = Map.copyOf(services);
  }

  /** A copy that no build touches: one directory per program, as {@code ./faultmaven} makes it. */
  public static Apps staged(Path directory) {
    Map<String, Path> services = new TreeMap<>();
    for (Service service : Service.values()) {
      services.put(service.module(), directory.resolve(service.module()));
    }
    return new Apps(
        services,
        directory.resolve("gateway"),
        ServerBinaries.staged(directory.resolve("servers")));
  }

  /** The programs where the build of a checkout leaves them. */
  public static Apps ofCheckout(Path root) {
    Map<String, Path> services = new TreeMap<>();
    for (Service service : Service.values()) {
      services.put(service.module(), root.resolve(service.module()).resolve("target/quarkus-app"));
    }
    return new Apps(
        services, root.resolve("deploy/gateway/target/app"), ServerBinaries.ofCheckout(root));
  }

  /** Where a service's archive of classes is, once it has ended for the first time. */
  Path archive(Service service) {
    return jar(service).resolveSibling(ARCHIVE);
  }

  /** Whether all services have run before and start from their archives. */
  public boolean archived() {
    return Stream.of(Service.values()).allMatch(service -> Files.exists(archive(service)));
  }

  /** The executable jar of a service; a {@link ComponentException} when it was not built. */
  Path jar(Service service) {
    Path directory = services.get(service.module());
    Path jar = directory == null ? Path.of(RUN) : directory.resolve(RUN);
    if (!Files.isRegularFile(jar)) {
      throw new ComponentException(
          "not built, %s is missing; ./mvnw package -Dquick builds it".formatted(jar));
    }
    return jar;
  }
}
