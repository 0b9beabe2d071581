package com.faultmaven.common.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** How well the recognisers do on sentences with labelled personal data, and on plain logs. */
class RedactionOfRealDataTest {
  private static final Path DATA =
      Path.of(System.getProperty("faultmaven.root", ".."), "..", "shared", "data");

  private static final Map<String, FindingType> LABELS =
      Map.of(
          "EMAIL_ADDRESS", FindingType.EMAIL,
          "PHONE_NUMBER", FindingType.PHONE,
          "CREDIT_CARD", FindingType.CREDIT_CARD,
          "IBAN_CODE", FindingType.IBAN,
          "US_SSN", FindingType.US_SSN,
          "IP_ADDRESS", FindingType.IP_ADDRESS);

  @Test
  void findsLabelledPersonalDataAndLittleElse() throws IOException {
    Path file = DATA.resolve("pii/synthetic.json");
    assumeTrue(Files.exists(file), () -> "no labelled sentences in " + file);
    Map<FindingType, int[]> scores = new TreeMap<>(); // labelled, found, found wrongly
    for (JsonNode sentence : new ObjectMapper().readTree(file.toFile())) {
      score(sentence, scores);
    }
    scores.forEach(
        (type, score) ->
            System.out.printf(
                "%-12s recall %d/%d, found where none is labelled: %d%n",
                type.label(), score[1], score[0], score[2]));
    assertThat(scores)
        .allSatisfy(
            (type, score) -> {
              assertThat(score[1])
                  .as("recall of %s", type)
                  .isGreaterThanOrEqualTo(score[0] * 9 / 10);
              assertThat(score[2])
                  .as("false findings of %s", type)
                  .isLessThanOrEqualTo(1 + score[0] / 20);
            });
  }

  private static void score(JsonNode sentence, Map<FindingType, int[]> scores) {
    String text = sentence.path("full_text").asText();
    List<Finding> findings = Redactor.of(RedactionLevel.STRICT).findings(text);
    List<Finding> unlabelled = new ArrayList<>(findings);
    for (JsonNode span : sentence.path("spans")) {
      FindingType type = LABELS.get(span.path("entity_type").asText());
      int start = span.path("start_position").asInt();
      int end = span.path("end_position").asInt();
      if (type != null) {
        int[] score = scores.computeIfAbsent(type, ignored -> new int[3]);
        score[0]++;
        if (findings.stream()
            .anyMatch(finding -> finding.start() <= start && finding.end() >= end)) {
          score[1]++;
        }
        unlabelled.removeIf(finding -> finding.start() < end && finding.end() > start);
      }
    }
    for (Finding finding : unlabelled) {
      scores.computeIfAbsent(finding.type(), ignored -> new int[3])[2]++;
    }
  }

  @Test
  void leavesPlainLogsAsTheyAre() throws IOException {
    Path logs = DATA.resolve("logs");
    assumeTrue(Files.isDirectory(logs), () -> "no logs in " + logs);
    int lines = 0;
    int redacted = 0;
    try (Stream<Path> files = Files.walk(logs)) {
      for (Path file : files.filter(name -> name.toString().endsWith(".log")).toList()) {
        String log = Files.readString(file, StandardCharsets.ISO_8859_1);
        lines += (int) log.lines().count();
        redacted += tagged(Redactor.of(RedactionLevel.STANDARD).redact(log).text());
      }
    }
    System.out.printf("plain logs: %d of %d lines have a finding%n", redacted, lines);
    assertThat(redacted).isLessThanOrEqualTo(lines / 1000);
  }

  private static int tagged(String text) {
    return (int) text.lines().filter(line -> line.contains("[REDACTED:")).count();
  }
}
