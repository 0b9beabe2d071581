package com.faultmaven.local.servers;

import com.faultmaven.local.process.ProcessSpec;
import com.faultmaven.local.process.Program;
import com.faultmaven.local.process.Readiness;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Redis with a password and an append-only file: the one on the PATH, else the packaged one. */
final class RedisServer implements Program {
  private static final Pattern RELEASE = Pattern.compile("v=(\\d+)\\.(\\d+)");

  private final Path packaged;
  private final Path data;
  private final int port;
  private final String password;

  RedisServer(Path packaged, Path data, int port, String password) {
    this.packaged = packaged;
    this.data = data;
    this.port = port;
    this.password = password;
  }

  @Override
  public String name() {
    return "redis";
  }

  @Override
  public int port() {
    return port;
  }

  String url() {
    return "redis://:" + password + "@127.0.0.1:" + port;
  }

  @Override
  public ProcessSpec prepare() throws IOException, InterruptedException {
    Files.createDirectories(data);
    Path configuration =
        OwnerOnlyFile.write(
            data.resolve("redis.conf"),
            """
            bind 127.0.0.1
            port %d
            requirepass %s
            dir "%s"
            appendonly yes
            save ""
            daemonize no
            """
                .formatted(port, password, data));
    return new ProcessSpec(
        List.of(executable().toString(), configuration.toString()),
        Map.of(),
        data,
        Readiness.tcp(port, this::answersPing));
  }

  private Path executable() throws IOException, InterruptedException {
    Optional<Path> installed =
        Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
            .map(directory -> Path.of(directory, "redis-server"))
            .filter(Files::isExecutable)
            .findFirst();
    if (installed.isPresent() && recentEnough(installed.get())) {
      return installed.get();
    }
    Path file =
        ServerBinaries.onlyFile(packaged).orElseThrow(() -> ServerBinaries.notBuilt(packaged));
    if (!Files.isExecutable(file) && !file.toFile().setExecutable(true)) {
      throw new IOException(file + " cannot be made executable");
    }
    return file;
  }

  /** The services use commands of Redis 6.2. */
  private static boolean recentEnough(Path executable) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(executable.toString(), "--version").start();
    String answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    Matcher release = RELEASE.matcher(answer);
    return release.find()
        && Integer.parseInt(release.group(1)) * 100 + Integer.parseInt(release.group(2)) >= 602;
  }

  private boolean answersPing(Socket socket) throws IOException {
    socket
        .getOutputStream()
        .write(("AUTH " + password + "\r\nPING\r\n").getBytes(StandardCharsets.UTF_8));
    BufferedReader answers =
        new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
    return "+OK".equals(answers.readLine()) && "+PONG".equals(answers.readLine());
  }
}
