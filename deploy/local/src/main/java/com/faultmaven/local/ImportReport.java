package com.faultmaven.local;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.faultmaven.local.ImportClient.Run;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What an import has done, as a table for people and as JSON lines for programs. */
final class ImportReport {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String ROW = "%-44s %-32s %s%n";

  /** Refusals that are shown; the file has all. */
  private static final int SHOWN = 50;

  private final PrintStream out;

  ImportReport(PrintStream out) {
    this.out = out;
  }

  /** Writes the report of a run that has ended. */
  void write(Run run, List<JsonNode> refusals, Path file) throws IOException {
    if (!refusals.isEmpty()) {
      out.printf(ROW, "key", "field", "refused because it");
      refusals.stream().limit(SHOWN).forEach(this::show);
      if (refusals.size() > SHOWN) {
        out.printf("… and %d more in the report%n", refusals.size() - SHOWN);
      }
      out.println();
    }
    String taken = run.dry() ? "importable" : "imported";
    out.printf("%-14s %8d%n", "read", run.count("read"));
    out.printf("%-14s %8d%n", taken, run.count(taken));
    out.printf("%-14s %8d%n", "already there", run.count("already_there"));
    out.printf("%-14s %8d%n", "refused", run.count("refused"));
    if (!run.succeeded()) {
      out.printf(
          "The import %s (%s); what was imported stays, another one goes on.%n",
          run.json().path("outcome").asText(), run.json().path("error").asText("no reason"));
    }
    save(run, refusals, file);
    out.println("report: " + file.toAbsolutePath());
  }

  private void show(JsonNode refusal) {
    String field = refusal.path("field").asText();
    out.printf(
        ROW,
        printable(refusal.path("key").asText()),
        field.isEmpty() ? "-" : printable(field),
        printable(refusal.path("reason").asText()));
  }

  /** A key may hold anything, also what a terminal obeys. */
  private static String printable(String text) {
    return text.replaceAll("\\p{Cntrl}", "?");
  }

  private static void save(Run run, List<JsonNode> refusals, Path file) throws IOException {
    try (BufferedWriter lines = Files.newBufferedWriter(file, UTF_8)) {
      for (JsonNode refusal : refusals) {
        line(lines, ((ObjectNode) refusal.deepCopy()).put("type", "refused"));
      }
      ObjectNode sums = JSON.createObjectNode().put("type", "summary");
      sums.put("run_id", run.id());
      sums.set("outcome", run.json().path("outcome"));
      sums.set("error", run.json().path("error"));
      sums.set("started_at", run.json().path("started_at"));
      sums.set("ended_at", run.json().path("ended_at"));
      sums.setAll((ObjectNode) run.json().path("counts"));
      line(lines, sums);
    }
  }

  private static void line(BufferedWriter lines, ObjectNode line) throws IOException {
    lines.write(JSON.writeValueAsString(line));
    lines.newLine();
  }
}
