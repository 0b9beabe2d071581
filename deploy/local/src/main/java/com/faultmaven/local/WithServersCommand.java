package com.faultmaven.local;

import com.faultmaven.local.servers.BackingServers;
import com.faultmaven.local.servers.DirectoryTree;
import com.faultmaven.local.servers.ServerBinaries;
import com.faultmaven.local.servers.ServerEndpoints;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Runs a command, such as the tests, beside backing servers that live only as long as it. */
final class WithServersCommand implements Command {
  private final ServerBinaries binaries;

  WithServersCommand(ServerBinaries binaries) {
    this.binaries = binaries;
  }

  @Override
  public String help() {
    return """
        usage: ./faultmaven with-servers -- COMMAND [ARGUMENT...]

        Starts empty backing servers on random ports, runs the command with the environment variable
        FAULTMAVEN_TEST_SERVERS naming a JSON file with every address and password, stops the servers
        and exits with the command's code.
        """;
  }

  @Override
  public int run(List<String> arguments) throws IOException, InterruptedException {
    if (arguments.size() < 2 || !arguments.getFirst().equals("--")) {
      throw new UsageException("-- and a command are needed");
    }
    Path directory = Files.createTempDirectory("faultmaven-servers-");
    Progress progress = new Progress(System.out, false);
    BackingServers servers =
        new BackingServers(
            directory,
            binaries,
            List.of(),
            false,
            status -> {
              synchronized (progress) {
                progress.show(List.of(status));
              }
            });
    Thread cleanUp = new Thread(() -> discard(servers, directory), "clean-up");
    Runtime.getRuntime().addShutdownHook(cleanUp); // also after a Ctrl-C
    servers.start();
    Path file = directory.resolve("endpoints.json");
    servers.endpoints().write(file);
    ProcessBuilder command = new ProcessBuilder(arguments.subList(1, arguments.size())).inheritIO();
    command.environment().put(ServerEndpoints.VARIABLE, file.toString());
    return command.start().waitFor();
  }

  private static void discard(BackingServers servers, Path directory) {
    servers.close();
    try {
      DirectoryTree.delete(directory);
    } catch (IOException e) {
      System.err.println(directory + " could not be deleted: " + e.getMessage());
    }
  }
}
