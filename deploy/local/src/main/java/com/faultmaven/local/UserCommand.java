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
  private static final int HTTP_OK = 200;
  private static final int HTTP_CONFLICT = 409;
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

        An account that is there already gets roles from whoever knows its password: the same
        command with --password-stdin. So a command that was interrupted can be repeated.

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
    // First, while nothing is made that would be left half done.
    String admin = wish.roles.size() > 1 ? adminToken(gateway) : null;
    String userId = register(gateway, wish, password);
    // At once: whatever fails from here on, the password is not made up again.
    System.out.printf("%s is registered as %s%n", wish.name, userId);
    if (!wish.passwordFromInput) {
      System.out.println("password: " + password);
    }
    if (admin != null) {
      setRoles(gateway, admin, userId, wish);
      System.out.println("roles: " + String.join(", ", wish.roles));
    }
    System.out.println("the mail that confirms the address: ./faultmaven logs mail");
    return ExitCode.OK;
  }

  private static String register(URI gateway, Wish wish, String password)
      throws IOException, InterruptedException {
    String path = "/api/v1/auth/register";
    Answer answer =
        ask(
            gateway,
            "POST",
            path,
            null,
            Map.of("username", wish.name, "email", wish.email, "password", password));
    if (answer.status == HTTP_CONFLICT && wish.passwordFromInput && wish.roles.size() > 1) {
      return existing(gateway, wish, password, answer);
    }
    return answer.require("POST", path).path("user_id").asText();
  }

  /** The account of an earlier run: whoever knows its password has made it. */
  private static String existing(URI gateway, Wish wish, String password, Answer taken)
      throws IOException, InterruptedException {
    Answer login =
        ask(
            gateway,
            "POST",
            "/api/v1/auth/login",
            null,
            Map.of("username", wish.name, "password", password));
    JsonNode user = login.json.path("user");
    if (login.status != HTTP_OK || !wish.email.equalsIgnoreCase(user.path("email").asText())) {
      taken.require("POST", "/api/v1/auth/register");
    }
    return user.path("user_id").asText();
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

  private String adminToken(URI gateway) throws IOException, InterruptedException {
    String password = Secrets.in(home.secrets()).password(LocalStack.ADMIN);
    String path = "/api/v1/auth/login";
    return ask(
            gateway, "POST", path, null, Map.of("username", LocalStack.ADMIN, "password", password))
        .require("POST", path)
        .path("access_token")
        .asText();
  }

  private static void setRoles(URI gateway, String admin, String userId, Wish wish)
      throws InterruptedException {
    String path = "/api/v1/users/" + userId + "/roles";
    try {
      ask(gateway, "PUT", path, admin, Map.of("roles", wish.roles)).require("PUT", path);
    } catch (IOException | ComponentException e) {
      throw new ComponentException(
          """
          %s has the role user alone: %s
          For the others repeat the command with --password-stdin, and give it the password."""
              .formatted(
                  wish.name, e instanceof ComponentException ? e.getMessage() : e.toString()),
          e);
    }
  }

  /** What the gateway has answered. */
  private record Answer(int status, JsonNode json) {
    /** The body; fails with its reason unless it is a good one. */
    JsonNode require(String method, String path) {
      if (status / 100 != 2) {
        throw new ComponentException(
            "%s %s is refused: %s".formatted(method, path, json.path("detail").asText()));
      }
      return json;
    }
  }

  private static Answer ask(
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
      return new Answer(answer.statusCode(), JSON.readTree(answer.body()));
    }
  }
}
