package com.faultmaven.local.servers;

import static java.util.stream.Collectors.joining;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Command lines of the stack's Java processes: small heap, serial collector, class archive. */
public final class JavaCommand {
  /** The first JDK whose virtual machine gives native memory back to the system. */
  private static final int TRIMS_SINCE = 22;

  /** The first JDK whose objects have headers of 8 bytes, when asked for them, instead of 12. */
  private static final int COMPACT_HEADERS_SINCE = 25;

  private final List<String> command = new ArrayList<>();

  /**
   * A JVM that ends itself when it runs out of memory, so that it is started again.
   *
   * @param heapMegabytes upper bound of the heap
   */
  public JavaCommand(int heapMegabytes) {
    command.addAll(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx" + heapMegabytes + "m",
            "-Xss512k",
            "-XX:+UseSerialGC",
            // Code that a better version has replaced goes when the code has grown by a seventh of
            // this; of the JVM's own 240 MB that is never, and a third of the code is of that kind.
            "-XX:ReservedCodeCacheSize=64m",
            "-XX:+ExitOnOutOfMemoryError"));
    if (Runtime.version().feature() >= TRIMS_SINCE) {
      // glibc keeps what the compilers' arenas had at their peak: tens of megabytes a process.
      command.add("-XX:TrimNativeHeapInterval=10000");
    }
    if (Runtime.version().feature() >= COMPACT_HEADERS_SINCE) {
      command.add("-XX:+UseCompactObjectHeaders");
    }
  }

  /**
   * Uses a class data archive: written at the first clean end, used by later starts, and replaced
   * when the class path or the JDK is another. Absent for a process that will not start again.
   */
  public JavaCommand archive(@Nullable Path archive) {
    if (archive == null) {
      return this;
    }
    return with(
        "-XX:+AutoCreateSharedArchive",
        "-XX:SharedArchiveFile=" + archive,
        // Where it was made for: moved to another address, as is the rule, all of it is written to
        // and thus resident, which costs each service some twenty megabytes.
        "-XX:+UnlockDiagnosticVMOptions",
        "-XX:ArchiveRelocationMode=0",
        // A JDK that knows this no more starts all the same.
        "-XX:+IgnoreUnrecognizedVMOptions",
        // Why an archive did not fit is no news to the reader of a log.
        "-Xlog:disable");
  }

  /** Adds options of the JVM. */
  public JavaCommand with(String... options) {
    command.addAll(List.of(options));
    return this;
  }

  /** The command for a class on the jars of one or more directories. */
  public List<String> main(List<Path> jars, String mainClass, String... arguments) {
    List<String> all = new ArrayList<>(command);
    String classPath =
        jars.stream().map(directory -> directory + "/*").collect(joining(File.pathSeparator));
    all.addAll(List.of("-cp", classPath, mainClass));
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
