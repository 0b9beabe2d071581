package com.faultmaven.local;

import com.faultmaven.local.ImportClient.Run;
import com.faultmaven.local.process.ComponentException;
import com.faultmaven.local.process.ComponentStatus;
import com.faultmaven.local.process.Secrets;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Takes over the cases of the previous layout, which had them in Redis. */
final class MigrateCommand implements Command {
  private static final String URL_VARIABLE = "FAULTMAVEN_LEGACY_REDIS_URL";
  private static final long BETWEEN_LOOKS_MILLIS = 500;

  private final StackHome home;
  private final boolean terminal;

  MigrateCommand(StackHome home, boolean terminal) {
    this.home = home;
    this.terminal = terminal;
  }

  @Override
  public String help() {
    return """
        usage: ./faultmaven migrate redis --url redis://[:PASSWORD@]HOST:PORT[/DATABASE]
                   [--pattern 'case:*'] [--dry-run] [--report FILE] [--port N]
                   [--case-service URL --token-file FILE]

        Has case-service import the cases that the previous layout kept in Redis, follows it, and
        reports what was imported, what was there already, and what was refused and why. Nothing in
        Redis is changed. May be repeated: what is there already is passed over.
        docs/migration-from-redis.md describes the layout.

          --url URL            the Redis; or in the environment, FAULTMAVEN_LEGACY_REDIS_URL, where
                               other users of the machine do not see its password
          --pattern PATTERN    keys of the cases, 'case:*' unless told otherwise
          --dry-run            check everything, keep nothing
          --report FILE        JSON lines: what was refused, then the sums; redis-import-RUN.jsonl
                               unless told otherwise
          --port N             where case-service listens, when it is not the running stack's
          --case-service URL   another case-service than the local one; it must be reached past the
                               gateway. It imports from the Redis of its own settings
                               (faultmaven.cases.legacy-redis.url); --url is for where they allow it
          --token-file FILE    an administrator's access token for it, read again when it expires

        Exits 0 when nothing was refused, 1 when something was or the import failed, 3 when the
        stack does not run.
        """;
  }

  /** What the command line asks for, by option; an option without a value is {@code "true"}. */
  private record Wish(Map<String, String> options) {
    @Nullable String get(String option) {
      return options.get(option);
    }
  }

  @Override
  public int run(List<String> arguments) throws IOException, InterruptedException {
    Wish wish = parse(arguments);
    ImportClient client = client(wish);
    if (client == null) {
      System.err.println("FaultMaven is not running; start it with ./faultmaven up");
      return ExitCode.NOT_RUNNING;
    }
    try (client) {
      Run run = follow(client, client.start(body(wish)));
      String report = wish.get("--report");
      Path file = Path.of(report == null ? "redis-import-" + run.id() + ".jsonl" : report);
      new ImportReport(System.out).write(run, client.refusals(run.id()), file);
      return run.succeeded() && run.count("refused") == 0 ? ExitCode.OK : ExitCode.FAILED;
    }
  }

  private static Wish parse(List<String> arguments) {
    if (arguments.isEmpty() || !arguments.getFirst().equals("redis")) {
      throw new UsageException("migrate redis is what there is");
    }
    Map<String, String> options = new HashMap<>();
    for (int i = 1; i < arguments.size(); i++) {
      String argument = arguments.get(i);
      switch (argument) {
        case "--dry-run" -> options.put(argument, "true");
        case "--url", "--pattern", "--report", "--port", "--case-service", "--token-file" -> {
          if (++i == arguments.size()) {
            throw new UsageException(argument + " needs a value");
          }
          options.put(argument, arguments.get(i));
        }
        default -> throw new UsageException("unknown argument " + argument);
      }
    }
    String variable = System.getenv(URL_VARIABLE);
    if (variable != null && !variable.isBlank()) {
      options.putIfAbsent("--url", variable);
    }
    check(options);
    return new Wish(Map.copyOf(options));
  }

  private static void check(Map<String, String> options) {
    boolean remote = options.containsKey("--case-service");
    if (remote != options.containsKey("--token-file")) {
      throw new UsageException("--case-service and --token-file go together");
    }
    if (remote && options.containsKey("--port")) {
      throw new UsageException("--port is for the local stack");
    }
    if (!remote && !options.containsKey("--url")) {
      throw new UsageException("--url is needed");
    }
    String port = options.getOrDefault("--port", "1");
    if (!port.matches("[0-9]{1,5}")
        || Integer.parseInt(port) < 1
        || Integer.parseInt(port) > 65535) {
      throw new UsageException("--port needs a number from 1 to 65535");
    }
  }

  private static Map<String, Object> body(Wish wish) {
    Map<String, Object> body = new HashMap<>();
    body.put("dry_run", wish.get("--dry-run") != null);
    for (String option : List.of("url", "pattern")) {
      String value = wish.get("--" + option);
      if (value != null) {
        body.put(option, value);
      }
    }
    return body;
  }

  /** Null when there is no service to ask. */
  private @Nullable ImportClient client(Wish wish) throws IOException {
    String remote = wish.get("--case-service");
    String tokenFile = wish.get("--token-file");
    if (remote != null && tokenFile != null) {
      URI service = URI.create(remote.replaceFirst("/+$", ""));
      return new ImportClient(service, () -> Files.readString(Path.of(tokenFile)).strip());
    }
    StackState state = home.state().filter(StackState::alive).orElse(null);
    if (state == null) {
      return null;
    }
    String port = wish.get("--port");
    URI service =
        URI.create("http://127.0.0.1:" + (port == null ? portOf(state) : Integer.parseInt(port)));
    String password = Secrets.in(home.secrets()).password(LocalStack.ADMIN);
    URI gateway = URI.create(state.url());
    return new ImportClient(service, () -> ImportClient.logIn(gateway, LocalStack.ADMIN, password));
  }

  private static int portOf(StackState state) {
    return state.components().stream()
        .filter(component -> component.name().equals(Service.CASE.module()))
        .mapToInt(ComponentStatus::port)
        .findFirst()
        .orElseThrow(() -> new ComponentException("the stack has no case-service"));
  }

  private Run follow(ImportClient client, Run started) throws IOException, InterruptedException {
    Run run = started;
    String shown = "";
    while (!run.ended()) {
      String line = run.progress();
      if (!line.equals(shown)) {
        System.out.print(terminal ? "\r" + line + "\u001b[K" : line + System.lineSeparator());
        System.out.flush();
        shown = line;
      }
      Thread.sleep(BETWEEN_LOOKS_MILLIS);
      run = client.look(run.id());
    }
    if (terminal && !shown.isEmpty()) {
      System.out.print("\r\u001b[K");
    }
    return run;
  }
}
