package com.faultmaven.local;

import com.faultmaven.local.process.ComponentException;
import com.faultmaven.local.process.LogTail;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Prints the end of the logs and follows them. */
final class LogsCommand implements Command {
  private static final int LINES_OF_ONE = 100;
  private static final int LINES_OF_EACH = 10;
  private static final int LOOK_EVERY_MILLIS = 250;
  private static final String SUFFIX = ".log";
  private static final String MAIL = "mail";
  private static final String MAIL_SUFFIX = ".eml";
  private static final int MAILS = 5;

  private final StackHome home;

  LogsCommand(StackHome home) {
    this.home = home;
  }

  @Override
  public String help() {
    return """
        usage: ./faultmaven logs [COMPONENT] [-f]

        Prints the last lines of a component's log, or of every log; -f goes on with what is written
        from then on, until Ctrl-C. Components are those of ./faultmaven status, supervisor, and mail:
        what user-service would have sent to its users.
        Exits 3 when there are no logs, 2 when there is no such component.
        """;
  }

  @Override
  public int run(List<String> arguments) throws IOException, InterruptedException {
    boolean follow = arguments.contains("-f");
    List<String> names = arguments.stream().filter(argument -> !argument.equals("-f")).toList();
    if (names.size() > 1 || names.stream().anyMatch(name -> name.startsWith("-"))) {
      throw new UsageException("one component is expected, not " + String.join(" ", names));
    }
    if (names.equals(List.of(MAIL))) {
      return mails(follow);
    }
    List<Path> all = existing();
    if (all.isEmpty()) {
      System.err.println("no logs in " + home.logs() + "; start the stack with ./faultmaven up");
      return ExitCode.NOT_RUNNING;
    }
    List<Path> logs = names.isEmpty() ? all : List.of(named(names.getFirst(), all));
    boolean many = logs.size() > 1;
    for (Path log : logs) {
      print(log, LogTail.last(log, many ? LINES_OF_EACH : LINES_OF_ONE), many);
    }
    int mails = files(home.mails(), MAIL_SUFFIX).size();
    if (many && mails > 0) {
      System.out.println(mails + " mails; the last of them: ./faultmaven logs mail");
    }
    if (follow) {
      follow(logs, many);
    }
    return ExitCode.OK;
  }

  private int mails(boolean follow) throws IOException, InterruptedException {
    List<Path> shown = files(home.mails(), MAIL_SUFFIX);
    for (Path mail : shown.subList(Math.max(0, shown.size() - MAILS), shown.size())) {
      printMail(mail);
    }
    if (shown.isEmpty() && !follow) {
      System.out.println("no mails in " + home.mails());
    }
    CountDownLatch interrupted = new CountDownLatch(1);
    Runtime.getRuntime().addShutdownHook(new Thread(interrupted::countDown));
    while (follow
        && !System.out.checkError()
        && !interrupted.await(LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS)) {
      List<Path> now = files(home.mails(), MAIL_SUFFIX);
      for (Path mail : now) {
        if (!shown.contains(mail)) {
          printMail(mail);
        }
      }
      shown = now;
    }
    return ExitCode.OK;
  }

  private static void printMail(Path mail) throws IOException {
    System.out.println("--- " + mail.getFileName());
    System.out.println(Files.readString(mail));
  }

  private List<Path> existing() throws IOException {
    return files(home.logs(), SUFFIX);
  }

  private static List<Path> files(Path directory, String suffix) throws IOException {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(directory)) {
      return files.filter(file -> file.toString().endsWith(suffix)).sorted().toList();
    }
  }

  private Path named(String name, List<Path> all) {
    Path log = home.log(name);
    if (!all.contains(log)) {
      String known =
          String.join(", ", all.stream().map(LogsCommand::component).toList()) + ", mail";
      throw new UsageException("no log of '" + name + "'; there are " + known);
    }
    return log;
  }

  private static void follow(List<Path> logs, boolean many)
      throws IOException, InterruptedException {
    Map<Path, Long> read = new HashMap<>();
    for (Path log : logs) {
      read.put(log, Files.size(log));
    }
    CountDownLatch interrupted = new CountDownLatch(1);
    Runtime.getRuntime().addShutdownHook(new Thread(interrupted::countDown));
    while (!System.out.checkError()
        && !interrupted.await(LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS)) {
      for (Path log : logs) {
        read.computeIfPresent(log, (path, from) -> printFrom(path, from, many));
      }
    }
  }

  /** Prints the complete lines after that position; returns where they end. */
  private static long printFrom(Path log, long position, boolean many) {
    try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
      long from = file.length() < position ? 0 : position; // a log that was begun anew
      byte[] bytes = new byte[(int) Math.min(file.length() - from, 1 << 20)];
      file.seek(from);
      file.readFully(bytes);
      String text = new String(bytes, StandardCharsets.ISO_8859_1); // one character per byte
      int end = text.lastIndexOf('\n') + 1;
      print(log, new String(bytes, 0, end, StandardCharsets.UTF_8).lines().toList(), many);
      return from + end;
    } catch (IOException e) {
      throw new ComponentException(log + " cannot be read: " + e.getMessage(), e);
    }
  }

  private static void print(Path log, List<String> lines, boolean many) {
    String prefix = many ? "%-18s| ".formatted(component(log)) : "";
    lines.forEach(line -> System.out.println(prefix + line));
  }

  private static String component(Path log) {
    String file = String.valueOf(log.getFileName());
    return file.substring(0, file.length() - SUFFIX.length());
  }
}
