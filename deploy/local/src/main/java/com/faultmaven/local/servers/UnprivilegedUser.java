package com.faultmaven.local.servers;

import com.faultmaven.local.process.ComponentException;
import com.sun.security.auth.module.UnixSystem;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * How to run PostgreSQL, which refuses to run as root, when this process is root: in a user
 * namespace of its own, where the same files still belong to it; where the kernel forbids that, as
 * {@code nobody}, to whom the files are then given.
 */
final class UnprivilegedUser {
  private static final List<String> NAMESPACE = List.of("unshare", "-U");
  private static final List<String> NOBODY =
      List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups");

  private final List<String> prefix;

  private UnprivilegedUser(List<String> prefix) {
    this.prefix = prefix;
  }

  /** The way that works here. */
  static UnprivilegedUser find() throws InterruptedException {
    if (new UnixSystem().getUid() != 0) {
      return new UnprivilegedUser(List.of());
    }
    for (List<String> candidate : List.of(NAMESPACE, NOBODY)) {
      if (succeeds(candidate, "sh", "-c", "test $(id -u) -ne 0")) {
        return new UnprivilegedUser(candidate);
      }
    }
    throw new ComponentException(
        "PostgreSQL does not run as root, and neither unshare nor setpriv works here;"
            + " start the stack as an ordinary user");
  }

  /** The command as that user. */
  List<String> command(List<String> command) {
    List<String> all = new ArrayList<>(prefix);
    all.addAll(command);
    return all;
  }

  /** Gives the data directory to that user, who must also reach the programs. */
  void own(Path data, Path programs) throws IOException, InterruptedException {
    if (!prefix.equals(NOBODY)) {
      return;
    }
    boolean owned = succeeds(List.of(), "chown", "-R", "65534:65534", data.toString());
    boolean reachable =
        succeeds(prefix, "test", "-w", data.toString())
            && succeeds(prefix, "test", "-x", programs.toString());
    if (!owned || !reachable) {
      throw new ComponentException(
          "PostgreSQL does not run as root, and the user nobody cannot reach %s and %s;"
                  .formatted(data, programs)
              + " start the stack as an ordinary user");
    }
  }

  private static boolean succeeds(List<String> prefix, String... command)
      throws InterruptedException {
    List<String> all = new ArrayList<>(prefix);
    all.addAll(List.of(command));
    try {
      return new ProcessBuilder(all)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException noSuchProgram) {
      return false;
    }
  }
}
