package com.faultmaven.local;

import com.faultmaven.local.process.ComponentException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The commands behind {@code ./faultmaven}. The script says where things are by the system
 * properties {@code faultmaven.home} (the stack's directory), {@code faultmaven.apps} (the staged
 * programs) and {@code faultmaven.terminal} (whether a person watches).
 */
public final class Main {
  private final Map<String, Command> commands = new LinkedHashMap<>();

  private Main(StackHome home, Path apps, boolean terminal) {
    commands.put("up", new UpCommand(home, apps, terminal));
    commands.put("down", new DownCommand(home, terminal));
    commands.put("status", new StatusCommand(home));
    commands.put("url", new UrlCommand(home));
    commands.put("logs", new LogsCommand(home));
    commands.put("user", new UserCommand(home));
    commands.put("migrate", new MigrateCommand(home, terminal));
    commands.put("with-servers", new WithServersCommand(Apps.staged(apps).servers()));
    commands.put("supervise", new SuperviseCommand(home, apps));
  }

  /** Runs one command and exits with its code, see {@link ExitCode}. */
  public static void main(String[] arguments) throws InterruptedException {
    Path home = Path.of(System.getProperty("faultmaven.home", ".faultmaven")).toAbsolutePath();
    Path apps = Path.of(System.getProperty("faultmaven.apps", home + "/app")).toAbsolutePath();
    boolean terminal = Boolean.getBoolean("faultmaven.terminal");
    System.exit(new Main(new StackHome(home), apps, terminal).run(List.of(arguments)));
  }

  private int run(List<String> arguments) throws InterruptedException {
    String name = arguments.isEmpty() ? "" : arguments.getFirst();
    Command command = commands.get(name);
    if (command == null) {
      System.err.println("faultmaven: no command '" + name + "'; see ./faultmaven --help");
      return ExitCode.USAGE;
    }
    List<String> rest = arguments.subList(1, arguments.size());
    if (!rest.isEmpty() && List.of("--help", "-h").contains(rest.getFirst())) {
      System.out.print(command.help());
      return ExitCode.OK;
    }
    try {
      return command.run(rest);
    } catch (Command.UsageException e) {
      System.err.println("faultmaven " + name + ": " + e.getMessage() + System.lineSeparator());
      System.err.print(command.help());
      return ExitCode.USAGE;
    } catch (ComponentException e) {
      System.err.println("faultmaven: " + e.getMessage());
      return ExitCode.FAILED;
    } catch (IOException e) {
      System.err.println("faultmaven: " + e);
      return ExitCode.FAILED;
    }
  }
}
