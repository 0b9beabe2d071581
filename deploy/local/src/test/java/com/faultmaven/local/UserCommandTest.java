package com.faultmaven.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.faultmaven.local.process.ProcessIdentity;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command against a gateway that keeps accounts in memory and may refuse to set roles. */
class UserCommandTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String ADMINS_TOKEN = "token-of-the-admin";

  @TempDir Path directory;

  private final Map<String, Account> accounts = new ConcurrentHashMap<>();
  private volatile boolean adminMayLogIn = true;
  private volatile boolean rolesMayBeSet = true;
  private HttpServer gateway;

  private record Account(String email, String password, String roles) {}

  @BeforeEach
  void startGateway() throws IOException {
    gateway = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 16);
    gateway.createContext("/", this::answer);
    gateway.start();
    StackHome home = new StackHome(directory.resolve("home"));
    Files.createDirectories(home.root());
    home.save(
        new StackState(
            ProcessIdentity.self(),
            StackState.Phase.RUNNING,
            gateway.getAddress().getPort(),
            "apps",
            null,
            List.of()));
  }

  @AfterEach
  void stopGateway() {
    gateway.stop(0);
  }

  @Test
  void makesAnAdministratorWithAPasswordThatIsPrintedOnce() throws Exception {
    Result made = run("", "create", "ada", "--email", "ada@example.org", "--admin");

    assertThat(made.code()).isZero();
    assertThat(passwordIn(made)).isEqualTo(ada().password());
    assertThat(made.output()).contains("roles: user, admin");
    assertThat(ada().roles()).isEqualTo("[\"user\",\"admin\"]");
  }

  @Test
  void losesNoPasswordWhenTheRolesAreRefusedAndGivesThemTheNextTime() throws Exception {
    rolesMayBeSet = false;
    Result failed = run("", "create", "ada", "--email", "ada@example.org", "--admin");

    assertThat(failed.code()).isEqualTo(ExitCode.FAILED);
    assertThat(failed.output()).contains("ada has the role user alone", "--password-stdin");
    String password = passwordIn(failed);
    assertThat(password).isEqualTo(ada().password());

    rolesMayBeSet = true;
    String[] again = {"create", "ada", "--email", "ada@example.org", "--admin", "--password-stdin"};
    assertThat(run(password, again).code()).isZero();
    assertThat(ada().roles()).isEqualTo("[\"user\",\"admin\"]");
  }

  @Test
  void givesNoRolesToSomebodyElsesAccount() throws Exception {
    accounts.put("ada", new Account("ada@example.org", "of somebody else", "[\"user\"]"));

    for (String email : List.of("ada@example.org", "another@example.org")) {
      String password = email.startsWith("ada") ? "another password" : "of somebody else";
      Result refused =
          run(password, "create", "ada", "--email", email, "--admin", "--password-stdin");
      assertThat(refused.code()).isEqualTo(ExitCode.FAILED);
      assertThat(refused.output()).contains("taken");
    }
    assertThat(run("", "create", "ada", "--email", "ada@example.org", "--admin").output())
        .contains("taken");
    assertThat(ada().roles()).isEqualTo("[\"user\"]");
  }

  @Test
  void makesNothingWhenNobodyCouldGiveTheRoles() throws Exception {
    adminMayLogIn = false;

    Result refused = run("", "create", "ada", "--email", "ada@example.org", "--analyst");

    assertThat(refused.code()).isEqualTo(ExitCode.FAILED);
    assertThat(accounts).isEmpty();
  }

  private Account ada() {
    return Objects.requireNonNull(accounts.get("ada"));
  }

  private void answer(HttpExchange exchange) throws IOException {
    JsonNode body = JSON.readTree(exchange.getRequestBody().readAllBytes());
    String path = exchange.getRequestURI().getPath();
    String name = body.path("username").asText();
    if (path.endsWith("/register")) {
      Account account =
          new Account(body.path("email").asText(), body.path("password").asText(), "[\"user\"]");
      boolean taken = accounts.putIfAbsent(name, account) != null;
      send(exchange, taken ? 409 : 201, taken ? refusal("taken") : Map.of("user_id", name));
    } else if (path.endsWith("/login")) {
      send(exchange, name, body.path("password").asText());
    } else if (!rolesMayBeSet || !isAdmin(exchange)) {
      send(exchange, 503, refusal("busy"));
    } else {
      accounts.computeIfPresent(
          path.split("/")[4],
          (id, old) -> new Account(old.email(), old.password(), body.path("roles").toString()));
      send(exchange, 200, Map.of());
    }
  }

  private void send(HttpExchange exchange, String name, String password) throws IOException {
    Account account = accounts.get(name);
    if (name.equals(LocalStack.ADMIN) && adminMayLogIn) {
      send(exchange, 200, Map.of("access_token", ADMINS_TOKEN));
    } else if (account != null && account.password().equals(password)) {
      send(exchange, 200, Map.of("user", Map.of("user_id", name, "email", account.email())));
    } else {
      send(exchange, 401, refusal("no such account"));
    }
  }

  private static boolean isAdmin(HttpExchange exchange) {
    return ("Bearer " + ADMINS_TOKEN)
        .equals(exchange.getRequestHeaders().getFirst("Authorization"));
  }

  private static Map<String, Object> refusal(String detail) {
    return Map.of("detail", detail);
  }

  private static void send(HttpExchange exchange, int status, Map<String, Object> body)
      throws IOException {
    byte[] bytes = JSON.writeValueAsBytes(body);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private record Result(int code, String output) {}

  private Result run(String input, String... arguments) throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Dfaultmaven.home=" + directory.resolve("home"),
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "user"));
    command.addAll(List.of(arguments));
    Path typed = Files.writeString(Files.createTempFile(directory, "input", ".txt"), input);
    Path output = Files.createTempFile(directory, "output", ".txt");
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectInput(typed.toFile())
            .redirectOutput(output.toFile())
            .start();
    int code = process.waitFor();
    return new Result(code, Files.readString(output, UTF_8));
  }

  private static String passwordIn(Result result) {
    return result
        .output()
        .lines()
        .filter(line -> line.startsWith("password: "))
        .map(line -> line.substring("password: ".length()))
        .findFirst()
        .orElseThrow();
  }
}
