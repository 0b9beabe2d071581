package com.faultmaven.local;

import com.faultmaven.local.process.ComponentException;
import com.faultmaven.local.process.JsonFile;
import com.faultmaven.local.servers.DirectoryTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The directory of a stack ({@code .faultmaven}) and what is where in it.
 *
 * @param root the directory itself
 */
public record StackHome(Path root) {
  private static final long LEAST_FREE_BYTES = 1L << 30;

  /** Logs, one file per component, and {@code supervisor.log}. */
  public Path logs() {
    return root.resolve("logs");
  }

  /** The log of one component. */
  public Path log(String component) {
    return logs().resolve(component + ".log");
  }

  /** Mails that user-service would have sent, a file each. */
  public Path mails() {
    return mails(root);
  }

  static Path mails(Path root) {
    return root.resolve("mail");
  }

  /** Held by the running supervisor. */
  Path lock() {
    return root.resolve("lock");
  }

  /** Where the secrets are kept, mode 600. */
  public Path secrets() {
    return root.resolve("secrets.json");
  }

  /** What the last supervisor wrote about itself, when it did not end cleanly or runs. */
  public Optional<StackState> state() throws IOException {
    JsonFile file = stateFile();
    return file.exists() ? Optional.of(file.read(StackState.class)) : Optional.empty();
  }

  void save(StackState state) throws IOException {
    stateFile().write(state);
  }

  void forgetState() throws IOException {
    Files.deleteIfExists(root.resolve("state.json"));
  }

  /**
   * Makes the directory usable.
   *
   * @throws ComponentException when it cannot be written or the disk is nearly full
   */
  void prepare() {
    try {
      Files.createDirectories(logs());
      long free = Files.getFileStore(root).getUsableSpace();
      if (free < LEAST_FREE_BYTES) {
        throw new ComponentException(
            "too little disk: %d MB free at %s, %d MB are needed"
                .formatted(free >> 20, root, LEAST_FREE_BYTES >> 20));
      }
    } catch (IOException e) {
      throw new ComponentException(root + " cannot be written: " + e.getMessage(), e);
    }
  }

  /** Deletes everything that a stack wrote, but not the staged programs. */
  void wipe() throws IOException {
    for (String name : new String[] {"data", "logs", "mail", "work"}) {
      DirectoryTree.delete(root.resolve(name));
    }
    for (String name : new String[] {"secrets.json", "ports.json", "state.json"}) {
      Files.deleteIfExists(root.resolve(name));
    }
  }

  private JsonFile stateFile() {
    return new JsonFile(root.resolve("state.json"));
  }
}
