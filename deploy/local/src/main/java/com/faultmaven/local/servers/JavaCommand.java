package com.faultmaven.local.servers;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Command lines of the stack's Java processes: small heap, serial collector, class archive. */
public final class JavaCommand {
  private final List<String> command = new ArrayList<>();

  /**
   * A JVM that ends itself when it runs out of memory, so that it is started again.
   *
   * @param heapMegabytes upper bound of the heap
   * @param archive class data archive, written at the first clean end and used by later starts
   */
  public JavaCommand(int heapMegabytes, Path archive) {
    command.addAll(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx" + heapMegabytes + "m",
            "-Xss512k",
            "-XX:+UseSerialGC",
            "-XX:+ExitOnOutOfMemoryError",
            "-XX:+AutoCreateSharedArchive",
            "-XX:SharedArchiveFile=" + archive,
            // An archive of another JDK is replaced silently.
            "-Xlog:cds=off",
            "-Xlog:cds+dynamic=off",
            "-Xlog:aot=off"));
  }

  /** Adds options of the JVM. */
  public JavaCommand with(String... options) {
    command.addAll(List.of(options));
    return this;
  }

  /** The command for a class on the jars of a directory. */
  public List<String> main(Path jars, String mainClass, String... arguments) {
    List<String> all = new ArrayList<>(command);
    all.addAll(List.of("-cp", jars + "/*", mainClass));
    all.addAll(List.of(arguments));
    return all;
  }

  /** The command for an executable jar. */
  public List<String> jar(Path jar) {
    List<String> all = new ArrayList<>(command);
    all.addAll(List.of("-jar", jar.toString()));
    return all;
  }
}
