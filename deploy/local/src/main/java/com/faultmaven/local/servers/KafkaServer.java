package com.faultmaven.local.servers;

import com.faultmaven.local.process.OneShot;
import com.faultmaven.local.process.ProcessSpec;
import com.faultmaven.local.process.Program;
import com.faultmaven.local.process.Readiness;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** One Kafka broker that is its own controller (KRaft); topics appear when they are first used. */
final class KafkaServer implements Program {
  private static final int HEAP_MEGABYTES = 256;
  private static final short API_VERSIONS = 18;
  private static final int PARTITIONS = 3;

  private final Path jars;
  private final ArchiveCache cache;
  private final Path data;
  private final Path log;
  private final int port;
  private final int controllerPort;

  KafkaServer(Path jars, ArchiveCache cache, Path data, Path log, int port, int controllerPort) {
    this.jars = jars;
    this.cache = cache;
    this.data = data;
    this.log = log;
    this.port = port;
    this.controllerPort = controllerPort;
  }

  @Override
  public String name() {
    return "kafka";
  }

  @Override
  public int port() {
    return port;
  }

  String bootstrap() {
    return "127.0.0.1:" + port;
  }

  @Override
  public ProcessSpec prepare() throws IOException, InterruptedException {
    Path classPath = cache.jars("kafka", jars);
    Files.createDirectories(data);
    Path configuration = Files.writeString(data.resolve("server.properties"), configuration());
    if (!Files.exists(data.resolve("log/meta.properties"))) {
      new OneShot(
              java()
                  .main(
                      List.of(classPath),
                      "kafka.tools.StorageTool",
                      "format",
                      "--config",
                      configuration.toString(),
                      // One argument: an id may begin with a dash, which reads as an option.
                      "--cluster-id=" + clusterId()),
              data,
              log)
          .run(Map.of(), Path.of("/dev/null"), Duration.ofMinutes(1));
    }
    return new ProcessSpec(
        java()
            .archive(cache.directory("classes").resolve("kafka.jsa"))
            .main(List.of(classPath), "kafka.Kafka", configuration.toString()),
        Map.of(),
        data,
        Readiness.tcp(port, KafkaServer::answersApiVersions));
  }

  private static JavaCommand java() {
    return new JavaCommand(HEAP_MEGABYTES)
        .with(
            "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
            "-Dorg.slf4j.simpleLogger.showDateTime=true",
            "-Dorg.slf4j.simpleLogger.dateTimeFormat=yyyy-MM-dd'T'HH:mm:ss.SSS");
  }

  private String configuration() {
    return """
        process.roles=broker,controller
        node.id=1
        controller.quorum.voters=1@127.0.0.1:%2$d
        listeners=PLAINTEXT://127.0.0.1:%1$d,CONTROLLER://127.0.0.1:%2$d
        advertised.listeners=PLAINTEXT://127.0.0.1:%1$d
        controller.listener.names=CONTROLLER
        log.dirs=%3$s
        num.partitions=%4$d
        num.network.threads=2
        num.io.threads=4
        num.recovery.threads.per.data.dir=2
        group.initial.rebalance.delay.ms=0
        offsets.topic.num.partitions=4
        offsets.topic.replication.factor=1
        transaction.state.log.num.partitions=4
        transaction.state.log.replication.factor=1
        transaction.state.log.min.isr=1
        share.coordinator.state.topic.num.partitions=1
        share.coordinator.state.topic.replication.factor=1
        share.coordinator.state.topic.min.isr=1
        log.cleaner.dedupe.buffer.size=8388608
        log.segment.bytes=67108864
        controlled.shutdown.enable=true
        """
        .formatted(port, controllerPort, data.resolve("log"), PARTITIONS);
  }

  private static String clusterId() {
    UUID id = UUID.randomUUID();
    ByteBuffer bytes = ByteBuffer.allocate(16);
    bytes.putLong(id.getMostSignificantBits()).putLong(id.getLeastSignificantBits());
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
  }

  /** The listener opens early, requests are answered only when the broker has caught up. */
  private static boolean answersApiVersions(Socket socket) throws IOException {
    DataOutputStream out = new DataOutputStream(socket.getOutputStream());
    out.writeInt(10); // length of what follows
    out.writeShort(API_VERSIONS);
    out.writeShort(0); // version of the request
    out.writeInt(1); // correlation
    out.writeShort(-1); // no client id
    out.flush();
    DataInputStream in = new DataInputStream(socket.getInputStream());
    return in.readInt() > 0 && in.readInt() == 1;
  }
}
