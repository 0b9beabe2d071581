package com.faultmaven.local;

import com.faultmaven.local.process.Component;
import com.faultmaven.local.process.ComponentException;
import com.faultmaven.local.process.ComponentStatus;
import com.faultmaven.local.process.ParallelStart;
import com.faultmaven.local.process.Ports;
import com.faultmaven.local.process.Secrets;
import com.faultmaven.local.servers.BackingServers;
import com.faultmaven.local.servers.ServerEndpoints;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The whole system on this machine: backing servers, five services and the gateway, as child
 * processes of this one. What {@code ./faultmaven up} runs, and what end-to-end tests start in a
 * directory of their own.
 */
public final class LocalStack implements AutoCloseable {
  /** Name of the administrator that user-service creates. */
  public static final String ADMIN = "admin";

  private final Path directory;
  private final Apps apps;
  private final Secrets secrets;
  private final BackingServers servers;
  private final Map<Service, Integer> ports = new EnumMap<>(Service.class);
  private final List<Component> services = new ArrayList<>();
  private final Component gateway;

  /**
   * A stack that is not started yet.
   *
   * @param directory keeps its data, logs, ports and secrets; a new one means an empty system
   * @param gatewayPort port of the gateway; 0 for a random one that is kept
   * @param durable false for tests: nothing is done for the disk's or the next start's sake
   * @param listener told about every change of a component's state
   */
  public LocalStack(
      Path directory,
      Apps apps,
      int gatewayPort,
      boolean durable,
      Consumer<ComponentStatus> listener)
      throws IOException {
    this.directory = directory.toAbsolutePath().normalize();
    this.apps = apps;
    List<String> databases = Arrays.stream(Service.values()).map(Service::database).toList();
    servers = new BackingServers(this.directory, apps.servers(), databases, durable, listener);
    secrets = Secrets.in(this.directory.resolve("secrets.json"));
    Ports kept = Ports.in(this.directory.resolve("ports.json"));
    for (Service service : Service.values()) {
      ports.put(service, kept.of(service.module()));
    }
    Path logs = this.directory.resolve("logs");
    Path work = this.directory.resolve("work");
    for (Service service : Service.values()) {
      ServiceProgram program =
          new ServiceProgram(
              service,
              apps,
              port(service),
              work,
              durable,
              () -> environment(service, port(service), servers.endpoints()));
      services.add(new Component(program, logs.resolve(program.name() + ".log"), listener));
    }
    int port = gatewayPort == 0 ? kept.of("gateway") : gatewayPort;
    Map<String, String> environment = new HashMap<>(urls());
    environment.put("FAULTMAVEN_GATEWAY_PORT", Integer.toString(port));
    gateway =
        new Component(
            new GatewayProgram(apps, port, work, durable, environment),
            logs.resolve("gateway.log"),
            listener);
  }

  /**
   * Starts everything and returns when all of it is healthy.
   *
   * @throws ComponentException when a component does not come up; everything is stopped again
   */
  public void start() throws InterruptedException {
    boolean complete = false;
    try {
      servers.start();
      List<Component> second = new ArrayList<>(services);
      second.add(gateway);
      ParallelStart.start(second);
      complete = true;
    } finally {
      if (!complete) {
        servers.stop();
      }
    }
  }

  /** Stops everything in the reverse order; data, ports and secrets stay for the next start. */
  public void stop() throws InterruptedException {
    ParallelStart.stop(List.of(gateway));
    ParallelStart.stop(services);
    servers.stop();
  }

  @Override
  public void close() {
    try {
      stop();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Ends a component at once, as a crash would; it is then started again. */
  public void kill(String component) {
    component(component).kill();
  }

  /** What a component is doing now. */
  public ComponentStatus status(String component) {
    return component(component).status();
  }

  /** What every component is doing now, in the order of their start. */
  public List<ComponentStatus> statuses() {
    return components().stream().map(Component::status).toList();
  }

  /**
   * Starts another replica of a service on the same servers. Only its own address leads to it: the
   * gateway goes on asking the first one.
   *
   * @return a component that the caller stops before the stack
   */
  public Component startReplica(Service service) throws IOException, InterruptedException {
    String name = service.module() + "-replica";
    int port = Ports.in(directory.resolve("ports.json")).of(name);
    ServiceProgram program =
        new ServiceProgram(
            service,
            apps,
            port,
            directory.resolve("work"),
            false,
            () -> environment(service, port, servers.endpoints()));
    Component replica =
        new Component(program, directory.resolve("logs").resolve(name + ".log"), status -> {});
    replica.start();
    return replica;
  }

  /** Address of the gateway, without a slash at its end. */
  public URI gatewayUrl() {
    return URI.create("http://localhost:" + gateway.status().port());
  }

  /** Address of one service behind the gateway's back, without a slash at its end. */
  public URI serviceUrl(Service service) {
    return URI.create("http://127.0.0.1:" + port(service));
  }

  /** Where the backing servers are. */
  public ServerEndpoints servers() {
    return servers.endpoints();
  }

  /** The password of {@link #ADMIN}. */
  public String adminPassword() throws IOException {
    return secrets.password(ADMIN);
  }

  private List<Component> components() {
    List<Component> all = new ArrayList<>(servers.components());
    all.addAll(services);
    all.add(gateway);
    return all;
  }

  private Component component(String name) {
    return components().stream()
        .filter(component -> component.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no component is called " + name));
  }

  private int port(Service service) {
    return ports.getOrDefault(service, 0);
  }

  private Map<String, String> urls() {
    Map<String, String> urls = new HashMap<>();
    for (Service service : Service.values()) {
      urls.put(service.urlVariable(), serviceUrl(service).toString());
    }
    return urls;
  }

  private Map<String, String> environment(Service service, int port, ServerEndpoints endpoints) {
    Map<String, String> environment = new HashMap<>(urls());
    environment.put("QUARKUS_HTTP_HOST", "127.0.0.1");
    environment.put("QUARKUS_HTTP_PORT", Integer.toString(port));
    environment.put("QUARKUS_PROFILE", "local");
    // Of the arenas that glibc makes for threads most are hardly used and all are resident.
    environment.put("MALLOC_ARENA_MAX", "2");
    if (service == Service.USER) {
      // The JVM's compilers take and return chunks of 32 KiB by the thousand. Each with a mapping
      // of its own goes back to the system; out of an arena it leaves a hole among what stays. Not
      // where native code computes: its buffers would be mapped anew each time.
      environment.put("MALLOC_MMAP_THRESHOLD_", "32000");
    }
    // One developer's share: every connection is a process with tens of megabytes.
    environment.put("FAULTMAVEN_DB_POOL_SIZE", "6");
    try {
      putServers(environment, service, endpoints);
    } catch (IOException e) {
      throw new ComponentException("the secrets cannot be kept: " + e.getMessage(), e);
    }
    return environment;
  }

  /** Who may have service tokens: every other service, each with a secret of its own. */
  private String serviceClients() throws IOException {
    List<String> clients = new ArrayList<>();
    for (Service service : Service.values()) {
      if (service != Service.USER) {
        clients.add(service.module() + ":" + serviceSecret(service));
      }
    }
    return String.join(",", clients);
  }

  /** The secret with which a service asks for a service token. */
  public String serviceSecret(Service service) throws IOException {
    return secrets.password(service.module() + "-client");
  }

  private void putServers(
      Map<String, String> environment, Service service, ServerEndpoints endpoints)
      throws IOException {
    String owner = service.database() + "_owner";
    String role = service.database() + "_service";
    environment.put("FAULTMAVEN_DB_HOST", endpoints.postgres().host());
    environment.put("FAULTMAVEN_DB_PORT", Integer.toString(endpoints.postgres().port()));
    environment.put("FAULTMAVEN_DB_NAME", service.database() + "_db");
    environment.put("FAULTMAVEN_DB_USER", role);
    environment.put("FAULTMAVEN_DB_PASSWORD", secrets.password(role));
    environment.put("FAULTMAVEN_DB_OWNER_USER", owner);
    environment.put("FAULTMAVEN_DB_OWNER_PASSWORD", secrets.password(owner));
    environment.put("KAFKA_BOOTSTRAP_SERVERS", endpoints.kafkaBootstrap());
    // A service is given the servers that it uses and no others.
    switch (service) {
      case USER -> {
        environment.put("FAULTMAVEN_ENCRYPTION_KEY", secrets.key("user-service-encryption"));
        environment.put("FAULTMAVEN_ADMIN_USERNAME", ADMIN);
        environment.put("FAULTMAVEN_ADMIN_EMAIL", "admin@example.com");
        environment.put("FAULTMAVEN_ADMIN_PASSWORD", secrets.password(ADMIN));
        environment.put("FAULTMAVEN_MAIL_DIRECTORY", StackHome.mails(directory).toString());
        environment.put("FAULTMAVEN_REDIS_URL", endpoints.redisUrl());
        environment.put("FAULTMAVEN_SERVICE_CLIENTS", serviceClients());
        putBucket(environment, endpoints);
      }
      case CASE -> {
        environment.put("FAULTMAVEN_REDIS_URL", endpoints.redisUrl());
        environment.put("FAULTMAVEN_ENCRYPTION_KEY", secrets.key("case-service-encryption"));
        putBucket(environment, endpoints);
      }
      case SESSION -> {
        environment.put("FAULTMAVEN_REDIS_URL", endpoints.redisUrl());
        environment.put("FAULTMAVEN_ENCRYPTION_KEY", secrets.key("session-service-encryption"));
      }
      case ARTIFACT -> {
        putBucket(environment, endpoints);
        environment.put(
            "FAULTMAVEN_UPLOAD_DIRECTORY", directory.resolve("data/uploads").toString());
      }
      case KNOWLEDGE -> {
        if (endpoints.chromaUrl() != null) {
          environment.put("FAULTMAVEN_CHROMA_URL", endpoints.chromaUrl().toString());
        } else {
          environment.put(
              "FAULTMAVEN_VECTOR_DIR", BackingServers.embeddedStore(directory).toString());
        }
      }
    }
  }

  private static void putBucket(Map<String, String> environment, ServerEndpoints endpoints) {
    environment.put("FAULTMAVEN_S3_ENDPOINT", endpoints.s3().endpoint().toString());
    environment.put("FAULTMAVEN_S3_ACCESS_KEY", endpoints.s3().accessKey());
    environment.put("FAULTMAVEN_S3_SECRET_KEY", endpoints.s3().secretKey());
    environment.put("FAULTMAVEN_S3_BUCKET", endpoints.s3().bucket());
  }
}
