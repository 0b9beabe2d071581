package com.faultmaven.local.servers;

import com.faultmaven.local.process.ProcessSpec;
import com.faultmaven.local.process.Program;
import com.faultmaven.local.process.Readiness;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** S3 on the file system (s3proxy); requests must carry a valid signature. */
final class S3Server implements Program {
  private static final int HEAP_MEGABYTES = 128;

  private final Path jars;
  private final ArchiveCache cache;
  private final Path data;
  private final int port;
  private final ServerEndpoints.S3 access;

  S3Server(
      Path jars,
      ArchiveCache cache,
      Path data,
      int port,
      String accessKey,
      String secretKey,
      String bucket) {
    this.jars = jars;
    this.cache = cache;
    this.data = data;
    this.port = port;
    this.access =
        new ServerEndpoints.S3(
            URI.create("http://127.0.0.1:" + port), accessKey, secretKey, bucket);
  }

  @Override
  public String name() {
    return "s3";
  }

  @Override
  public int port() {
    return port;
  }

  ServerEndpoints.S3 access() {
    return access;
  }

  @Override
  public ProcessSpec prepare() throws IOException, InterruptedException {
    Path classPath = cache.jars("s3proxy", jars);
    Path buckets = data.resolve("buckets");
    Files.createDirectories(buckets.resolve(access.bucket()));
    Path configuration =
        OwnerOnlyFile.write(
            data.resolve("s3proxy.conf"),
            """
            s3proxy.endpoint=%s
            s3proxy.authorization=aws-v2-or-v4
            s3proxy.identity=%s
            s3proxy.credential=%s
            jclouds.provider=filesystem-nio2
            jclouds.filesystem.basedir=%s
            """
                .formatted(access.endpoint(), access.accessKey(), access.secretKey(), buckets));
    // Without this it logs at DEBUG, with parts of what is stored.
    Path logging =
        OwnerOnlyFile.write(
            data.resolve("logback.xml"),
            """
            <configuration>
              <appender name="out" class="ch.qos.logback.core.ConsoleAppender">
                <encoder><pattern>%d{HH:mm:ss.SSS} %-5level %logger{36} %msg%n</pattern></encoder>
              </appender>
              <root level="WARN"><appender-ref ref="out"/></root>
            </configuration>
            """);
    return new ProcessSpec(
        new JavaCommand(HEAP_MEGABYTES)
            .archive(cache.directory("classes").resolve("s3.jsa"))
            .with("-Dlogback.configurationFile=" + logging)
            .main(
                List.of(classPath),
                "org.gaul.s3proxy.Main",
                "--properties",
                configuration.toString()),
        Map.of(),
        data,
        // Without a signature the answer is a 403, and that is the sign of life.
        Readiness.http(access.endpoint(), 500));
  }
}
