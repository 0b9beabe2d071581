package com.faultmaven.local.demo;

import com.faultmaven.local.ExitCode;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code ./faultmaven demo}. */
public final class DemoMain {
  private static final String HELP =
      """
      usage: ./faultmaven demo [--files DIRECTORY] [--runbooks DIRECTORY]

      One troubleshooting case through the whole system: register and log in, upload files, see what
      was found in them, search, ask the runbooks, find the cause, resolve the case, export it. The
      stack is started first when it is not up, and stays up.

        --files DIRECTORY      your own files (at most 50 of at most 10 MiB, subdirectories too)
                               in place of the sample's; nothing leaves this machine
        --runbooks DIRECTORY   your own Markdown or text documents in place of the sample's
        --help                 this text

      The sample is written to .faultmaven/demo, and the export of the case beside it.
      Exit codes: 0 all steps passed, 1 one failed (its request and answer are printed last),
      2 wrong command line.

      FAULTMAVEN_URL is the gateway's address, http://localhost:8080 unless set; FAULTMAVEN_HOME
      the stack's directory, .faultmaven unless set. ./faultmaven sets both.
      """;

  private DemoMain() {}

  /** Runs the demo and exits with a code of {@link ExitCode}. */
  public static void main(String[] arguments) throws InterruptedException {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    System.exit(run(List.of(arguments), out, System.err));
  }

  static int run(List<String> arguments, PrintStream out, PrintStream err)
      throws InterruptedException {
    if (arguments.contains("--help") || arguments.contains("-h")) {
      out.print(HELP);
      return ExitCode.OK;
    }
    try {
      DemoInput input = input(arguments, out);
      URI gateway = URI.create(environment("FAULTMAVEN_URL", "http://localhost:8080"));
      return Demo.run(gateway, input, out).passed() ? ExitCode.OK : ExitCode.FAILED;
    } catch (IllegalArgumentException e) {
      err.println("faultmaven demo: " + e.getMessage());
      err.print(HELP);
      return ExitCode.USAGE;
    } catch (IOException e) {
      err.println("faultmaven demo: " + e);
      return ExitCode.FAILED;
    }
  }

  private static DemoInput input(List<String> arguments, PrintStream out) throws IOException {
    Path home = Path.of(environment("FAULTMAVEN_HOME", ".faultmaven"));
    List<Path> files = null;
    List<Path> runbooks = null;
    for (int i = 0; i < arguments.size(); i += 2) {
      String option = arguments.get(i);
      switch (option) {
        case "--files" -> files = directory(arguments, i, out).files();
        case "--runbooks" -> runbooks = directory(arguments, i, out).documents();
        default -> throw new IllegalArgumentException("unknown argument " + option);
      }
    }
    refuseEmpty("--files", files);
    refuseEmpty("--runbooks", runbooks);
    return DemoInput.own(files, runbooks, home.resolve("demo"));
  }

  private static InputDirectory directory(List<String> arguments, int option, PrintStream out) {
    if (option + 1 == arguments.size()) {
      throw new IllegalArgumentException(arguments.get(option) + " needs a directory");
    }
    Path directory = Path.of(arguments.get(option + 1));
    if (!Files.isDirectory(directory)) {
      throw new IllegalArgumentException(directory + " is no directory");
    }
    return new InputDirectory(directory, out);
  }

  private static void refuseEmpty(String option, @Nullable List<Path> paths) {
    if (paths != null && paths.isEmpty()) {
      throw new IllegalArgumentException(option + " holds nothing that can be used");
    }
  }

  private static String environment(String name, String otherwise) {
    String value = System.getenv(name);
    return value == null || value.isBlank() ? otherwise : value;
  }
}
