package com.faultmaven.local.servers;

import com.faultmaven.local.process.ComponentException;
import com.faultmaven.local.process.OneShot;
import com.faultmaven.local.process.ProcessSpec;
import com.faultmaven.local.process.Program;
import com.faultmaven.local.process.Readiness;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** One PostgreSQL cluster with a database per service (decisions: one owner, one service role). */
final class PostgresServer implements Program {
  static final String SUPERUSER = "postgres";
  private static final String VERSION = "17";

  /**
   * A database with its two roles.
   *
   * @param name of the database, e.g. {@code cases_db}
   * @param owner role that owns it and changes its schema
   * @param service role that the service works as; it may connect and is granted the rest by the
   *     schema
   */
  record Database(
      String name, String owner, String ownerPassword, String service, String servicePassword) {}

  private final Path archive;
  private final ArchiveCache cache;
  private final Path data;
  private final Path log;
  private final int port;
  private final String password;
  private final List<Database> databases;
  private final boolean durable;

  /**
   * A cluster that is created at its first start.
   *
   * @param durable false for tests: the disk is then not waited for
   */
  PostgresServer(
      Path archive,
      ArchiveCache cache,
      Path data,
      Path log,
      int port,
      String password,
      List<Database> databases,
      boolean durable) {
    this.archive = archive;
    this.cache = cache;
    this.data = data;
    this.log = log;
    this.port = port;
    this.password = password;
    this.databases = List.copyOf(databases);
    this.durable = durable;
  }

  @Override
  public String name() {
    return "postgres";
  }

  @Override
  public int port() {
    return port;
  }

  @Override
  public ProcessSpec prepare() throws IOException, InterruptedException {
    Path file =
        ServerBinaries.onlyFile(archive).orElseThrow(() -> ServerBinaries.notBuilt(archive));
    Path bin = cache.unpacked("postgres", file).resolve("bin");
    UnprivilegedUser user = UnprivilegedUser.find();
    if (!Files.exists(data.resolve("PG_VERSION"))) {
      create(bin, user);
    }
    String version = Files.readString(data.resolve("PG_VERSION")).strip();
    if (!version.equals(VERSION)) {
      throw new ComponentException(
          "%s was written by PostgreSQL %s, this is %s; start with --fresh to begin anew"
              .formatted(data, version, VERSION));
    }
    List<String> command = new ArrayList<>(List.of(bin.resolve("postgres").toString(), "-D"));
    command.add(data.toString());
    settings().forEach((name, value) -> command.addAll(List.of("-c", name + "=" + value)));
    return new ProcessSpec(
            user.command(command), Map.of(), data, Readiness.tcp(port, this::acceptsSessions))
        .stoppedBy("INT"); // "fast": do not wait for clients to leave
  }

  private Map<String, String> settings() {
    return Map.ofEntries(
        Map.entry("listen_addresses", "127.0.0.1"),
        Map.entry("port", Integer.toString(port)),
        Map.entry("unix_socket_directories", ""),
        Map.entry("max_connections", "200"),
        Map.entry("shared_buffers", "48MB"),
        Map.entry("max_wal_size", "256MB"),
        Map.entry("jit", "off"),
        Map.entry("timezone", "UTC"),
        Map.entry("log_timezone", "UTC"),
        Map.entry("log_min_error_statement", "panic"), // statements may hold what users wrote
        Map.entry("fsync", durable ? "on" : "off"),
        // Written at commit, also when nothing waits for the disk: a killed server loses nothing.
        Map.entry("synchronous_commit", "on"),
        Map.entry("full_page_writes", durable ? "on" : "off"));
  }

  /** Makes the cluster beside its place and moves it there when it is complete. */
  private void create(Path bin, UnprivilegedUser user) throws IOException, InterruptedException {
    Path unfinished = data.resolveSibling(data.getFileName() + ".unfinished");
    DirectoryTree.delete(unfinished);
    Files.createDirectories(unfinished);
    user.own(unfinished, bin);
    new OneShot(
            user.command(
                List.of(
                    bin.resolve("initdb").toString(),
                    "--pgdata=" + unfinished,
                    "--username=" + SUPERUSER,
                    "--auth=trust", // replaced below, before anything listens
                    "--encoding=UTF8",
                    "--locale=C",
                    "--locale-provider=builtin",
                    "--builtin-locale=C.UTF-8",
                    "--no-sync",
                    "--no-instructions")),
            unfinished,
            log)
        .run(Map.of(), Path.of("/dev/null"), Duration.ofMinutes(2));
    Files.writeString(
        unfinished.resolve("pg_hba.conf"), "host all all 127.0.0.1/32 scram-sha-256\n");
    provision(bin, user, unfinished);
    Files.move(unfinished, data, StandardCopyOption.ATOMIC_MOVE);
  }

  /** Creates roles and databases without a server: nobody can connect before passwords are set. */
  private void provision(Path bin, UnprivilegedUser user, Path cluster)
      throws IOException, InterruptedException {
    StringBuilder sql = new StringBuilder();
    line(sql, "ALTER ROLE " + SUPERUSER + " PASSWORD '" + password + "'");
    for (Database database : databases) {
      line(sql, role(database.owner(), database.ownerPassword()));
      line(sql, role(database.service(), database.servicePassword()));
      line(sql, "CREATE DATABASE %s OWNER %s".formatted(database.name(), database.owner()));
      line(sql, "REVOKE ALL ON DATABASE %s FROM PUBLIC".formatted(database.name()));
      line(
          sql, "GRANT CONNECT ON DATABASE %s TO %s".formatted(database.name(), database.service()));
    }
    Path script = Files.createTempFile(cluster, "provision", ".sql"); // mode 600
    try {
      Files.writeString(script, sql);
      new OneShot(
              user.command(
                  List.of(
                      bin.resolve("postgres").toString(),
                      "--single",
                      "-D",
                      cluster.toString(),
                      "-c",
                      "log_min_error_statement=panic",
                      "-c",
                      "exit_on_error=on",
                      "postgres")),
              cluster,
              log)
          .run(Map.of(), script, Duration.ofMinutes(2));
    } finally {
      Files.deleteIfExists(script);
    }
  }

  private static String role(String name, String password) {
    return "CREATE ROLE %s LOGIN PASSWORD '%s'".formatted(name, password);
  }

  private static void line(StringBuilder sql, String statement) {
    sql.append(statement).append(";\n");
  }

  /** Begins a session; a server that starts up or shuts down answers with an error instead. */
  private boolean acceptsSessions(Socket socket) throws IOException {
    byte[] parameters =
        ("user\0" + SUPERUSER + "\0database\0postgres\0\0").getBytes(StandardCharsets.UTF_8);
    DataOutputStream out = new DataOutputStream(socket.getOutputStream());
    out.writeInt(8 + parameters.length);
    out.writeInt(3 << 16); // protocol 3.0
    out.write(parameters);
    out.flush();
    return new DataInputStream(socket.getInputStream()).readByte() == 'R';
  }
}
