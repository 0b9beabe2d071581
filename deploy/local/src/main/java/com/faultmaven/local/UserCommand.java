package com.faultmaven.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.faultmaven.local.process.ComponentException;
import com.faultmaven.local.process.Secrets;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes accounts in the running stack, administrators among them, through its API. */
final class UserCommand implements Command {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration TIMEOUT = Duration.ofSeconds(30);
  private static final String LETTERS = "abcdefghjkmnpqrstvwxyz0123456789";

  private final StackHome home;

  UserCommand(StackHome home) {
    this.home = home;
  }

  @Override
  public String help() {
    return """
        usage: ./faultmaven user create NAME --email ADDRESS [--admin] [--analyst] [--password-stdin]

        Makes an account in the running stack. Its password is made up and printed once, unless
        --password-stdin reads it from standard input: there is no default one.

          --admin     give it the role admin
          --analyst   give it the role analyst

        Exits 0 when the account was made, 1 when it was refused, with the reason; 3 when the stack
        does not run.
        """;
  }

  /** What the command line asks for. */
  private record Wish(String name, String email, List<String> roles, boolean passwordFromInput) {}

  @Override
  public int run(List<String> arguments) throws IOException, InterruptedException {
    Wish wish = parse(arguments);
    StackState state = home.state().filter(StackState::alive).orElse(null);
    if (state == null) {
      System.err.println("FaultMaven is not running; start it with ./faultmaven up");
      return ExitCode.NOT_RUNNING;
    }
    URI gateway = URI.create(state.url());
    String password = wish.passwordFromInput ? typed() : madeUp();
    String userId =
        post(
                gateway,
                "/api/v1/auth/register",
                null,
                Map.of("username", wish.name, "email", wish.email, "password", password))
            .path("user_id")
            .asText();
    if (wish.roles.size() > 1) {
      setRoles(gateway, userId, wish.roles);
    }
    System.out.printf("%s is registered as %s, roles %s%n", wish.name, userId, wish.roles);
    if (!wish.passwordFromInput) {
      System.out.println("password: " + password);
    }
    System.out.println("the mail that confirms the address: ./faultmaven logs mail");
    return ExitCode.OK;
  }

  private static Wish parse(List<String> arguments) {
    String name = null;
    String email = null;
    List<String> roles = new ArrayList<>(List.of("user"));
    boolean fromInput = false;
    if (arguments.isEmpty() || !arguments.getFirst().equals("create")) {
      throw new UsageException("user create is what there is");
    }
    for (int i = 1; i < arguments.size(); i++) {
      String argument = arguments.get(i);
      switch (argument) {
        case "--email" -> email = ++i < arguments.size() ? arguments.get(i) : null;
        case "--admin" -> roles.add("admin");
        case "--analyst" -> roles.add("analyst");
        case "--password-stdin" -> fromInput = true;
        default -> {
          if (argument.startsWith("-") || name != null) {
            throw new UsageException("unknown argument " + argument);
          }
          name = argument;
        }
      }
    }
    if (name == null || email == null) {
      throw new UsageException("a name and --email ADDRESS are needed");
    }
    return new Wish(name, email, List.copyOf(roles), fromInput);
  }

  private static String typed() throws IOException {
    String text = new String(System.in.readAllBytes(), StandardCharsets.UTF_8);
    return text.lines().findFirst().orElse("");
  }

  /** Four groups of five: 100 random bits. */
  private static String madeUp() {
    SecureRandom random = new SecureRandom();
    StringBuilder password = new StringBuilder();
    for (int i = 0; i < 20; i++) {
      if (i > 0 && i % 5 == 0) {
        password.append('-');
      }
      password.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
    }
    return password.toString();
  }

  private void setRoles(URI gateway, String userId, List<String> roles)
      throws IOException, InterruptedException {
    String admin = Secrets.in(home.secrets()).password(LocalStack.ADMIN);
    String token =
        post(
                gateway,
                "/api/v1/auth/login",
                null,
                Map.of("username", LocalStack.ADMIN, "password", admin))
            .path("access_token")
            .asText();
    send(gateway, "PUT", "/api/v1/users/" + userId + "/roles", token, Map.of("roles", roles));
  }

  private static JsonNode post(URI gateway, String path, @Nullable String token, Object body)
      throws IOException, InterruptedException {
    return send(gateway, "POST", path, token, body);
  }

  private static JsonNode send(
      URI gateway, String method, String path, @Nullable String token, Object body)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(gateway.resolve(path))
            .timeout(TIMEOUT)
            .header("Content-Type", "application/json")
            .method(method, BodyPublishers.ofString(JSON.writeValueAsString(body)));
    if (token != null) {
      request.header("Authorization", "Bearer " + token);
    }
    try (HttpClient http = HttpClient.newBuilder().connectTimeout(TIMEOUT).build()) {
      HttpResponse<String> answer = http.send(request.build(), BodyHandlers.ofString());
      JsonNode json = JSON.readTree(answer.body());
      if (answer.statusCode() / 100 != 2) {
        throw new ComponentException(
            "%s %s is refused: %s".formatted(method, path, json.path("detail").asText()));
      }
      return json;
    }
  }
}
