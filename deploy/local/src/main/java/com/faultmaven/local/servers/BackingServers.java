package com.faultmaven.local.servers;

import com.faultmaven.local.process.Component;
import com.faultmaven.local.process.ComponentException;
import com.faultmaven.local.process.ComponentStatus;
import com.faultmaven.local.process.ParallelStart;
import com.faultmaven.local.process.Ports;
import com.faultmaven.local.process.Program;
import com.faultmaven.local.process.Secrets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * PostgreSQL, Redis, Kafka, S3 and, where it can run, Chroma: real servers as child processes on
 * loopback ports, their data, ports and passwords kept in one directory, so that they can be
 * started there again. A server that dies is started again.
 */
public final class BackingServers implements AutoCloseable {
  /** The bucket of artifact-service. */
  public static final String BUCKET = "faultmaven-artifacts";

  private static final String ENDPOINTS_PROPERTY = "faultmaven.test.servers.file";

  private final List<Component> components = new ArrayList<>();
  private final Component chroma;
  private final ServerEndpoints withChroma;

  /**
   * Servers that live in a directory.
   *
   * @param directory gets {@code data/}, {@code logs/}, {@code ports.json} and {@code secrets.json}
   * @param databases name stems, e.g. {@code cases} for {@code cases_db} with {@code cases_owner}
   *     and {@code cases_service}, whose passwords are the secrets of these names
   * @param durable false for tests: PostgreSQL then does not wait for the disk
   * @param listener told about every change of a component's state
   */
  public BackingServers(
      Path directory,
      ServerBinaries binaries,
      List<String> databases,
      boolean durable,
      Consumer<ComponentStatus> listener)
      throws IOException {
    Path home = directory.toAbsolutePath().normalize();
    Path data = Files.createDirectories(home.resolve("data"));
    Path logs = Files.createDirectories(home.resolve("logs"));
    Ports ports = Ports.in(home.resolve("ports.json"));
    Secrets secrets = Secrets.in(home.resolve("secrets.json"));
    ArchiveCache cache = ArchiveCache.ofUser();

    List<PostgresServer.Database> wanted = new ArrayList<>();
    for (String stem : databases) {
      String owner = stem + "_owner";
      String service = stem + "_service";
      wanted.add(
          new PostgresServer.Database(
              stem + "_db", owner, secrets.password(owner), service, secrets.password(service)));
    }
    PostgresServer postgres =
        new PostgresServer(
            binaries.postgres(),
            cache,
            data.resolve("postgres"),
            logs.resolve("postgres.log"),
            ports.of("postgres"),
            secrets.password(PostgresServer.SUPERUSER),
            wanted,
            durable);
    RedisServer redis =
        new RedisServer(
            binaries.redis(), data.resolve("redis"), ports.of("redis"), secrets.password("redis"));
    KafkaServer kafka =
        new KafkaServer(
            binaries.kafka(),
            cache,
            data.resolve("kafka"),
            logs.resolve("kafka.log"),
            ports.of("kafka"),
            ports.of("kafka-controller"));
    S3Server s3 =
        new S3Server(
            binaries.s3proxy(),
            cache,
            data.resolve("s3"),
            ports.of("s3"),
            secrets.password("s3-access-key"),
            secrets.password("s3-secret-key"),
            BUCKET);
    ChromaServer vectors =
        new ChromaServer(
            cache,
            data.resolve("chroma"),
            embeddedStore(home),
            logs.resolve("chroma.log"),
            ports.of("chroma"));
    for (Program program : List.of(postgres, redis, kafka, s3, vectors)) {
      components.add(new Component(program, logs.resolve(program.name() + ".log"), listener));
    }
    chroma = components.getLast();
    withChroma =
        new ServerEndpoints(
            new ServerEndpoints.Postgres(
                "127.0.0.1",
                postgres.port(),
                PostgresServer.SUPERUSER,
                secrets.password(PostgresServer.SUPERUSER)),
            kafka.bootstrap(),
            redis.url(),
            s3.access(),
            vectors.url());
  }

  /** Where knowledge-service keeps its vectors on a stack without Chroma. */
  public static Path embeddedStore(Path directory) {
    return directory.resolve("data/vectors");
  }

  /**
   * Starts all of them at once and returns when all serve.
   *
   * @throws ComponentException when one does not come up; the others are stopped again
   */
  public void start() throws InterruptedException {
    ParallelStart.start(components);
  }

  /** Stops them; their data stays. */
  public void stop() throws InterruptedException {
    ParallelStart.stop(components);
  }

  @Override
  public void close() {
    try {
      stop();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Where they are; only after {@link #start()} it is known whether Chroma runs. */
  public ServerEndpoints endpoints() {
    if (chroma.status().state() != ComponentStatus.State.ABSENT) {
      return withChroma;
    }
    return new ServerEndpoints(
        withChroma.postgres(),
        withChroma.kafkaBootstrap(),
        withChroma.redisUrl(),
        withChroma.s3(),
        null);
  }

  /** The servers as components, in the order of their start. */
  public List<Component> components() {
    return List.copyOf(components);
  }

  /** Started servers in that directory, without any service's database. */
  public static BackingServers temporary(Path directory, ServerBinaries binaries)
      throws IOException, InterruptedException {
    BackingServers servers =
        new BackingServers(directory, binaries, List.of(), false, ignored -> {});
    servers.start();
    return servers;
  }

  /**
   * The servers for a test: those of the whole test run when the environment names them ({@link
   * ServerEndpoints#VARIABLE}), otherwise servers of this JVM, started by its first test and
   * stopped at its end.
   */
  public static ServerEndpoints forTests() {
    String file = System.getenv(ServerEndpoints.VARIABLE);
    try {
      if (file != null && !file.isBlank()) {
        return ServerEndpoints.read(Path.of(file));
      }
      // A system property, not a field: Quarkus loads test classes with several class loaders.
      synchronized (System.getProperties()) {
        String started = System.getProperty(ENDPOINTS_PROPERTY);
        return started == null ? startForThisJvm() : ServerEndpoints.read(Path.of(started));
      }
    } catch (IOException e) {
      throw new ComponentException("no servers for the tests: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ComponentException("interrupted while the servers were starting", e);
    }
  }

  private static ServerEndpoints startForThisJvm() throws IOException, InterruptedException {
    Path directory = Files.createTempDirectory("faultmaven-test-");
    BackingServers servers = temporary(directory, ServerBinaries.ofThisCheckout());
    Path endpoints = directory.resolve("endpoints.json");
    servers.endpoints().write(endpoints);
    System.setProperty(ENDPOINTS_PROPERTY, endpoints.toString());
    Runtime.getRuntime().addShutdownHook(new Thread(() -> discard(servers, directory)));
    return servers.endpoints();
  }

  private static void discard(BackingServers servers, Path directory) {
    servers.close();
    try {
      DirectoryTree.delete(directory);
    } catch (IOException e) {
      System.err.println(directory + " could not be deleted: " + e.getMessage());
    }
  }
}
