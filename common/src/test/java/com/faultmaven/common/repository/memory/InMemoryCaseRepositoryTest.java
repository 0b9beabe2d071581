package com.faultmaven.common.repository.memory;

import static org.assertj.core.api.Assertions.assertThat;

import com.faultmaven.common.id.Ids;
import com.faultmaven.common.model.cases.Case;
import com.faultmaven.common.model.cases.CaseMessage;
import com.faultmaven.common.model.cases.MessageRole;
import com.faultmaven.common.model.cases.MessageType;
import com.faultmaven.common.repository.CaseRepository;
import com.faultmaven.common.repository.CaseRepositoryContract;
import com.faultmaven.common.repository.MessageQuery;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class InMemoryCaseRepositoryTest extends CaseRepositoryContract {
  private final CaseRepository repository = new InMemoryCaseRepository();

  @Override
  protected CaseRepository repository() {
    return repository;
  }

  @Override
  protected String newOwner() {
    return Ids.next();
  }

  @Test
  void holdsGivenCasesWithTheirRowsInOrder() {
    Instant first = Instant.parse("2026-03-01T10:00:00Z");
    Case given =
        Case.open("c1", "u1", "Given", first)
            .messages(List.of(message("late", first.plusSeconds(1)), message("early", first)))
            .build();

    CaseRepository holding = InMemoryCaseRepository.holding(List.of(given));

    assertThat(holding.getConversationThread("c1", MessageQuery.thread(9)).await().indefinitely())
        .extracting(CaseMessage::messageId)
        .containsExactly("early", "late");
    assertThat(holding.getHeader("c1").await().indefinitely())
        .hasValueSatisfying(header -> assertThat(header.version()).isEqualTo(1));
  }

  private static CaseMessage message(String id, Instant at) {
    return new CaseMessage(id, "c1", MessageType.USER_QUERY, MessageRole.USER, "text", null, at);
  }
}
