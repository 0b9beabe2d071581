package com.faultmaven.local;

import com.faultmaven.local.process.ComponentException;
import com.faultmaven.local.servers.ServerBinaries;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * The packaged programs that a stack runs.
 *
 * @param services from the name of a service to its directory with {@code quarkus-run.jar}
 * @param gateway directory with the gateway's jar and its {@code lib/}
 * @param servers the backing servers' executables
 */
public record Apps(Map<String, Path> services, Path gateway, ServerBinaries servers) {
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
