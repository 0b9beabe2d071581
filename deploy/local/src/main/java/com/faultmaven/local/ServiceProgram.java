package com.faultmaven.local;

import com.faultmaven.local.process.ProcessSpec;
import com.faultmaven.local.process.Program;
import com.faultmaven.local.process.Readiness;
import com.faultmaven.local.servers.JavaCommand;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;

/** One of the five services, from its packaged form. */
final class ServiceProgram implements Program {
  private final Service service;
  private final Apps apps;
  private final int port;
  private final Path directory;
  private final boolean archive;
  private final Supplier<Map<String, String>> environment;

  /**
   * A service.
   *
   * @param directory where it runs
   * @param archive whether it keeps a class archive beside its jar, for its next start
   * @param environment asked when it starts: not before then it is known which servers run
   */
  ServiceProgram(
      Service service,
      Apps apps,
      int port,
      Path directory,
      boolean archive,
      Supplier<Map<String, String>> environment) {
    this.service = service;
    this.apps = apps;
    this.port = port;
    this.directory = directory;
    this.archive = archive;
    this.environment = environment;
  }

  @Override
  public String name() {
    return service.module();
  }

  @Override
  public int port() {
    return port;
  }

  @Override
  public ProcessSpec prepare() throws IOException {
    Path jar = apps.jar(service);
    Files.createDirectories(directory);
    return new ProcessSpec(
            new JavaCommand(service.heapMegabytes())
                .with("-Xmn" + service.youngMegabytes() + "m")
                .archive(archive ? apps.archive(service) : null)
                .jar(jar),
            environment.get(),
            directory,
            Readiness.http(URI.create("http://127.0.0.1:" + port + "/q/health/ready"), 300))
        .startingWithin(Duration.ofMinutes(2));
  }
}
