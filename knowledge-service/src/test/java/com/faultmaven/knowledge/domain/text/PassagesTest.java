package com.faultmaven.knowledge.domain.text;

import static org.assertj.core.api.Assertions.assertThat;

import com.faultmaven.knowledge.domain.text.Passages.Passage;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class PassagesTest {
  @Example
  void keepsListsAndCommandsWithWhatLeadsToThem() {
    assertThat(
            Passages.of(
                """
                ---
                title: x
                ---
                # Heading

                One paragraph
                of two lines.

                Look here:

                ```
                kubectl get pods

                # no heading
                kubectl top nodes
                ```

                ## Next
                - a
                - b
                """))
        .extracting(Passage::text)
        .containsExactly(
            "One paragraph\nof two lines.",
            "Look here:\n\n```\nkubectl get pods\n\n# no heading\nkubectl top nodes\n```",
            "- a\n- b");
  }

  @Example
  void cutsALongParagraphAtSentences() {
    assertThat(Passages.of("This is a sentence of some length. ".repeat(100)))
        .hasSizeGreaterThan(5)
        .allSatisfy(passage -> assertThat(passage.text()).hasSizeLessThan(600).endsWith("."));
  }

  @Example
  void knowsItsHeadings() {
    assertThat(Passages.of("# A\n\nOne.\n\n## B\n\nTwo."))
        .containsExactly(new Passage("One.", List.of("A")), new Passage("Two.", List.of("A", "B")));
  }

  @Property(tries = 200)
  void quotesWordForWord(@ForAll String text) {
    assertThat(Passages.of(text)).allSatisfy(passage -> assertThat(text).contains(passage.text()));
  }
}
