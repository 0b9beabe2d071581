package com.faultmaven.bench;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SampleCasesTest {
  private static final Pattern LINK = Pattern.compile("\"evidence_id\": \"([^\"]+)\"");

  private static final Instant BEGIN = Instant.parse("2026-01-05T08:00:00Z");

  private final SampleCases cases = new SampleCases(List.of("ann", "bob", "eve"), BEGIN);

  @ParameterizedTest
  @EnumSource(CaseTable.class)
  void givesTheSameCasesAgainHoweverTheyAreCut(CaseTable table) {
    SampleCases again = new SampleCases(List.of("ann", "bob", "eve"), BEGIN);

    assertThat(text(again.rows(0, 2), table) + text(again.rows(2, 5), table))
        .isEqualTo(text(cases.rows(0, 5), table));
    assertThat(text(again.fresh(0, 5), table)).isEqualTo(text(cases.fresh(0, 5), table));
  }

  @Test
  void writesAsManyRowsAsTheSizesSay() {
    Map<CaseTable, CopyText> rows = cases.rows(10, 30);
    List<CaseSize> sizes = IntStream.range(10, 30).mapToObj(CaseSize::of).toList();

    assertThat(lines(rows, CaseTable.CASES)).hasSize(20);
    assertThat(lines(rows, CaseTable.EVIDENCE))
        .hasSize(sizes.stream().mapToInt(CaseSize::evidence).sum());
    assertThat(lines(rows, CaseTable.HYPOTHESES))
        .hasSize(sizes.stream().mapToInt(CaseSize::hypotheses).sum());
    assertThat(lines(rows, CaseTable.MESSAGES))
        .hasSize(sizes.stream().mapToInt(CaseSize::messages).sum());
  }

  @ParameterizedTest
  @EnumSource(names = {"CASES", "EVIDENCE", "HYPOTHESES", "MESSAGES", "TRANSITIONS"})
  void neverGivesAnIdTwice(CaseTable table) {
    assertThat(lines(cases.rows(0, 50), table).stream().map(line -> line.split("\t", -1)[0]))
        .isNotEmpty()
        .doesNotHaveDuplicates();
  }

  @Test
  void givesCasesToTheirOwnersInTurn() {
    assertThat(
            lines(cases.rows(0, 4), CaseTable.CASES).stream().map(line -> line.split("\t", -1)[1]))
        .containsExactly("ann", "bob", "eve", "ann");
    assertThat(cases.owner(4)).isEqualTo("bob");
  }

  @Test
  void numbersCasesWithoutGaps() {
    long first = Long.parseLong(SampleCases.id(0));

    assertThat(
            lines(cases.rows(0, 3), CaseTable.CASES).stream().map(line -> line.split("\t", -1)[0]))
        .containsExactly("" + first, "" + (first + 1), "" + (first + 2));
    assertThat(SampleCases.freshId(0)).isNotEqualTo(SampleCases.id(0)).hasSize(19);
  }

  @Test
  void linksHypothesesToEvidenceOfTheCaseOnceEach() {
    Map<CaseTable, CopyText> rows = cases.rows(7, 8);
    Set<String> evidence =
        lines(rows, CaseTable.EVIDENCE).stream()
            .map(line -> line.split("\t", -1)[0])
            .collect(Collectors.toSet());

    assertThat(lines(rows, CaseTable.HYPOTHESES).stream().flatMap(SampleCasesTest::linked))
        .isNotEmpty()
        .isSubsetOf(evidence);
    assertThat(lines(rows, CaseTable.HYPOTHESES))
        .allSatisfy(line -> assertThat(linked(line)).doesNotHaveDuplicates());
  }

  private static Stream<String> linked(String hypothesis) {
    return LINK.matcher(hypothesis).results().map(link -> link.group(1));
  }

  @Test
  void holdsTheWordsThatAreSearchedFor() {
    String texts = text(cases.rows(0, 200), CaseTable.EVIDENCE);

    assertThat(SampleText.COMPONENTS).filteredOn(word -> !texts.contains(word)).isEmpty();
    assertThat(SampleText.SYMPTOMS).filteredOn(word -> !texts.contains(word)).isEmpty();
  }

  @Test
  void leavesFreshCasesToTheirFirstChange() {
    Map<CaseTable, CopyText> rows = cases.fresh(0, 20);

    assertThat(lines(rows, CaseTable.CASES)).hasSize(20).allMatch(it -> it.contains("consulting"));
    assertThat(lines(rows, CaseTable.TRANSITIONS)).isEmpty();
  }

  private static List<String> lines(Map<CaseTable, CopyText> rows, CaseTable table) {
    return text(rows, table).lines().toList();
  }

  private static String text(Map<CaseTable, CopyText> rows, CaseTable table) {
    return new String(requireNonNull(rows.get(table)).toBytes(), UTF_8);
  }
}
