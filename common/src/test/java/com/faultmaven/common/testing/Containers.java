package com.faultmaven.common.testing;

import com.faultmaven.local.servers.BackingServers;
import com.faultmaven.local.servers.ServerEndpoints;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.lifecycle.Startables;
import org.testcontainers.utility.DockerImageName;

/**
 * The same servers as containers, for a machine with a Docker engine; started once for the JVM and
 * removed by Testcontainers when it ends.
 */
final class Containers {
  private static final String ENDPOINTS = "faultmaven.test.containers.file";
  private static final String PASSWORD = "only-for-tests";
  private static final String ACCESS_KEY = "faultmaven-tests";

  private Containers() {}

  /** Where the containers' servers are; they are started at the first call. */
  static ServerEndpoints shared() throws IOException {
    // A system property, not a field: Quarkus loads test classes with several class loaders.
    synchronized (System.getProperties()) {
      String file = System.getProperty(ENDPOINTS);
      return file == null ? start() : ServerEndpoints.read(Path.of(file));
    }
  }

  // They live as long as the JVM.
  @SuppressWarnings("resource")
  private static ServerEndpoints start() throws IOException {
    GenericContainer<?> postgres =
        new GenericContainer<>(DockerImageName.parse("postgres:17"))
            .withEnv("POSTGRES_PASSWORD", PASSWORD)
            .withExposedPorts(5432)
            // The entry point starts it twice; the second time it stays.
            .waitingFor(Wait.forLogMessage(".*ready to accept connections.*", 2));
    GenericContainer<?> redis =
        new GenericContainer<>(DockerImageName.parse("redis:7"))
            .withCommand("redis-server", "--requirepass", PASSWORD)
            .withExposedPorts(6379);
    KafkaContainer kafka = new KafkaContainer(DockerImageName.parse("apache/kafka:4.1.1"));
    GenericContainer<?> s3 =
        new GenericContainer<>(DockerImageName.parse("minio/minio:latest"))
            .withEnv("MINIO_ROOT_USER", ACCESS_KEY)
            .withEnv("MINIO_ROOT_PASSWORD", PASSWORD)
            .withCreateContainerCmdModifier(command -> command.withEntrypoint("/bin/sh", "-c"))
            .withCommand("mkdir -p /data/" + BackingServers.BUCKET + " && minio server /data")
            .withExposedPorts(9000)
            .waitingFor(Wait.forHttp("/minio/health/ready").forPort(9000));
    GenericContainer<?> chroma =
        new GenericContainer<>(DockerImageName.parse("chromadb/chroma:1.0.3"))
            .withExposedPorts(8000)
            .waitingFor(Wait.forHttp("/api/v2/heartbeat").forPort(8000));
    Startables.deepStart(Stream.of(postgres, redis, kafka, s3, chroma)).join();

    ServerEndpoints endpoints =
        new ServerEndpoints(
            new ServerEndpoints.Postgres(
                postgres.getHost(), postgres.getMappedPort(5432), "postgres", PASSWORD),
            kafka.getBootstrapServers(),
            "redis://:" + PASSWORD + "@" + redis.getHost() + ":" + redis.getMappedPort(6379),
            new ServerEndpoints.S3(
                URI.create("http://" + s3.getHost() + ":" + s3.getMappedPort(9000)),
                ACCESS_KEY,
                PASSWORD,
                BackingServers.BUCKET),
            URI.create("http://" + chroma.getHost() + ":" + chroma.getMappedPort(8000)));
    Path file = Files.createTempFile("faultmaven-containers-", ".json");
    endpoints.write(file);
    System.setProperty(ENDPOINTS, file.toString());
    return endpoints;
  }
}
