package com.faultmaven.cases.storage;

import com.faultmaven.cases.domain.ShownRow;
import com.faultmaven.common.model.cases.CaseMessage;
import com.faultmaven.common.repository.MessageQuery;
import io.smallrye.mutiny.Uni;
import java.util.List;

/** The conversations of cases. */
final class MessageRows {
  private static final String SHOWN = CaseTables.MESSAGES.selectShown("created_at");

  private final ChildRows<CaseMessage> rows;

  MessageRows(Connections connections) {
    rows = new ChildRows<>(connections, CaseTables.MESSAGES, CaseMessage::caseId);
  }

  Uni<Void> insert(List<CaseMessage> messages) {
    return rows.insert(messages);
  }

  Uni<List<CaseMessage>> list(String caseId, MessageQuery query) {
    return rows.list(listed(rows.ofCase(caseId), query));
  }

  /** The same rows as they are shown. */
  Uni<List<ShownRow>> shown(String caseId, MessageQuery query) {
    return rows.shown(listed(new Statement(SHOWN + " WHERE case_id = ?", caseId), query));
  }

  private static Statement listed(Statement statement, MessageQuery query) {
    if (query.type() != null) {
      statement.add("AND message_type = ?", query.type().wireName());
    }
    return statement.page(
        "created_at", "message_id", query.newestFirst(), query.after(), query.limit());
  }
}
