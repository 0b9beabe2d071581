package com.faultmaven.gateway;

import io.vertx.core.json.JsonObject;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.logging.ConsoleHandler;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** One line per log record: for people by default, JSON where logs are collected. */
final class LogLines extends Formatter {
  private final boolean json;

  private LogLines(boolean json) {
    this.json = json;
  }

  /** Sends every log record of this process to its standard error in this form. */
  static void install(boolean json) {
    Logger root = Logger.getLogger("");
    for (Handler handler : root.getHandlers()) {
      root.removeHandler(handler);
    }
    ConsoleHandler console = new ConsoleHandler();
    console.setFormatter(new LogLines(json));
    root.addHandler(console);
  }

  @Override
  public String format(LogRecord entry) {
    Instant time = entry.getInstant().truncatedTo(ChronoUnit.MILLIS);
    String failure = entry.getThrown() == null ? "" : trace(entry.getThrown());
    if (!json) {
      return "%s %-7s [%s] %s%n%s"
          .formatted(time, entry.getLevel(), entry.getLoggerName(), formatMessage(entry), failure);
    }
    JsonObject line =
        new JsonObject()
            .put("timestamp", time.toString())
            .put("level", entry.getLevel().getName())
            .put("loggerName", entry.getLoggerName())
            .put("message", formatMessage(entry));
    if (!failure.isEmpty()) {
      line.put("stackTrace", failure);
    }
    return line.encode() + System.lineSeparator();
  }

  private static String trace(Throwable thrown) {
    StringWriter text = new StringWriter();
    thrown.printStackTrace(new PrintWriter(text, true));
    return text.toString();
  }
}
