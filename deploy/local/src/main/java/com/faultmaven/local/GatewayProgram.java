package com.faultmaven.local;

import com.faultmaven.local.process.ComponentException;
import com.faultmaven.local.process.ProcessSpec;
import com.faultmaven.local.process.Program;
import com.faultmaven.local.process.Readiness;
import com.faultmaven.local.servers.JavaCommand;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The gateway, the only component with a port that people know. */
final class GatewayProgram implements Program {
  private static final int HEAP_MEGABYTES = 96;

  private final Apps apps;
  private final int port;
  private final Path directory;
  private final boolean archive;
  private final Map<String, String> environment;

  GatewayProgram(
      Apps apps, int port, Path directory, boolean archive, Map<String, String> environment) {
    this.apps = apps;
    this.port = port;
    this.directory = directory;
    this.archive = archive;
    this.environment = Map.copyOf(environment);
  }

  @Override
  public String name() {
    return "gateway";
  }

  @Override
  public int port() {
    return port;
  }

  @Override
  public ProcessSpec prepare() throws IOException {
    if (!Files.isDirectory(apps.gateway())) {
      throw new ComponentException(
          "not built, %s is missing; ./mvnw package -Dquick builds it".formatted(apps.gateway()));
    }
    Files.createDirectories(directory);
    return new ProcessSpec(
        new JavaCommand(HEAP_MEGABYTES)
            .archive(archive ? apps.gateway().resolve(Apps.ARCHIVE) : null)
            .main(
                List.of(apps.gateway(), apps.gateway().resolve("lib")),
                "com.faultmaven.gateway.Main"),
        environment,
        directory,
        Readiness.http(URI.create("http://127.0.0.1:" + port + "/q/health/ready"), 300));
  }
}
