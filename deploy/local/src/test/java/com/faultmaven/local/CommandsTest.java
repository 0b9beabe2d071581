package com.faultmaven.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.faultmaven.local.process.ComponentStatus;
import com.faultmaven.local.process.ComponentStatus.State;
import com.faultmaven.local.process.StopSignal;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandsTest {
  @TempDir Path directory;

  @AfterEach
  void stopWhatIsLeft() throws Exception {
    if (Files.exists(directory.resolve("home/state.json"))) {
      run("down");
    }
  }

  @Test
  void aStackLivesThroughCrashesUntilItIsStopped() throws Exception {
    StagedApps.in(apps());
    int port = freePort();

    Result up = run("up", "--port", Integer.toString(port));
    assertThat(up.output()).contains("FaultMaven is up", "http://localhost:" + port);
    assertThat(up.output()).contains("postgres", "kafka", "case-service", "gateway");
    assertThat(up.code()).isZero();
    assertThat(get(port)).isEqualTo(200);
    assertThat(run("status").code()).isZero();
    assertThat(run("url").output()).isEqualToIgnoringNewLines("http://localhost:" + port);

    Result again = run("up");
    assertThat(again.output()).contains("running already");
    assertThat(again.code()).isZero();

    ComponentStatus service = component("case-service");
    ProcessHandle.of(service.pid()).orElseThrow().destroyForcibly();
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(
            () -> {
              ComponentStatus now = component("case-service");
              assertThat(now.state()).isEqualTo(State.READY);
              assertThat(now.restarts()).isEqualTo(1);
              assertThat(now.pid()).isNotEqualTo(service.pid());
            });
    assertThat(run("logs", "supervisor").output()).contains("was ended by signal 9");

    StackState left = state();
    ProcessHandle supervisor = left.supervisor().running().orElseThrow();
    supervisor.destroyForcibly();
    await().until(() -> !StopSignal.alive(supervisor));
    Result status = run("status");
    assertThat(status.code()).isEqualTo(ExitCode.NOT_RUNNING);
    assertThat(status.output()).contains("supervisor was killed");

    Result afterCrash = run("up", "--port", Integer.toString(port));
    assertThat(afterCrash.output()).contains("processes that a killed supervisor left behind");
    assertThat(afterCrash.code()).isZero();

    StackState running = state();
    Result down = run("down");
    assertThat(down.code()).isZero();
    assertThat(running.components())
        .allSatisfy(
            component ->
                assertThat(ProcessHandle.of(component.pid()).filter(StopSignal::alive)).isEmpty());
    assertThat(run("status").code()).isEqualTo(ExitCode.NOT_RUNNING);
    assertThat(run("down").output()).contains("nothing is running");
  }

  @Test
  void aComponentThatCannotStartIsNamedWithItsLogAndTheRestIsStopped() throws Exception {
    StagedApps.in(apps());
    StagedApps.replace(apps(), Service.SESSION, DyingService.class);

    Result up = run("up", "--port", Integer.toString(freePort()));

    assertThat(up.code()).isEqualTo(ExitCode.FAILED);
    assertThat(up.output())
        .contains(
            "session-service ended with 7 before it was ready",
            "session-service.log",
            "the configuration is broken");
    assertThat(run("status").code()).isEqualTo(ExitCode.NOT_RUNNING);
  }

  @Test
  void aBusyPortIsNamedBeforeAnythingStarts() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Result up = run("up", "--port", Integer.toString(taken.getLocalPort()));

      assertThat(up.code()).isEqualTo(ExitCode.FAILED);
      assertThat(up.output()).contains("port " + taken.getLocalPort() + " is used");
    }
  }

  @Test
  void anUnusableDirectoryIsNamed() throws Exception {
    Files.writeString(directory.resolve("home"), "a file where the directory should be");

    Result up = run("up", "--port", Integer.toString(freePort()));

    assertThat(up.code()).isEqualTo(ExitCode.FAILED);
    assertThat(up.output()).contains(directory.resolve("home") + " cannot be written");
    Files.delete(directory.resolve("home"));
  }

  @Test
  void wrongArgumentsAreExplained() throws Exception {
    assertThat(run("up", "--port", "http").output()).contains("--port needs a number", "usage:");
    assertThat(run("up", "--port", "http").code()).isEqualTo(ExitCode.USAGE);
    assertThat(run("bounce").code()).isEqualTo(ExitCode.USAGE);
    assertThat(run("status", "--help").code()).isZero();
  }

  @Test
  void aCommandRunsBesideServersAndItsCodeIsHandedOn() throws Exception {
    StagedApps.in(apps());

    Result result =
        run("with-servers", "--", "bash", "-c", "cat $FAULTMAVEN_TEST_SERVERS; exit 42");

    assertThat(result.code()).isEqualTo(42);
    assertThat(result.output()).contains("\"kafka_bootstrap\"", "\"superuser\"", "\"redis_url\"");
  }

  private record Result(int code, String output) {}

  private Result run(String... arguments) throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Dfaultmaven.home=" + directory.resolve("home"),
                "-Dfaultmaven.apps=" + apps(),
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
    command.addAll(List.of(arguments));
    Path output = Files.createTempFile(directory, "output", ".txt");
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    int code = process.waitFor();
    return new Result(code, Files.readString(output, StandardCharsets.UTF_8));
  }

  private Path apps() {
    return directory.resolve("apps");
  }

  private StackState state() throws IOException {
    return new StackHome(directory.resolve("home")).state().orElseThrow();
  }

  private ComponentStatus component(String name) throws IOException {
    return state().components().stream()
        .filter(component -> component.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static int get(int port) throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/")).build();
      return client.send(request, BodyHandlers.discarding()).statusCode();
    }
  }
}
