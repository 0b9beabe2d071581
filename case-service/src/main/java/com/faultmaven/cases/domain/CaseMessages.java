package com.faultmaven.cases.domain;

import com.faultmaven.cases.domain.RowAdditions.Addition;
import com.faultmaven.common.model.cases.CaseMessage;
import com.faultmaven.common.repository.MessageQuery;
import com.faultmaven.common.web.Created;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;

/** The conversation of a case (specification 3.2). */
@ApplicationScoped
public class CaseMessages {
  private static final String RESOURCE = "case.messages";

  private final CaseAccess access;
  private final RowAdditions additions;

  /** Wires the bean. */
  @Inject
  public CaseMessages(CaseAccess access, RowAdditions additions) {
    this.access = access;
    this.additions = additions;
  }

  /** Path of a case's messages. */
  public static String path(String caseId) {
    return Cases.path(caseId) + "/messages";
  }

  /** Adds one message. */
  public Uni<Created<CaseMessage>> add(Actor actor, String caseId, CaseMessage message, Once once) {
    return add(actor, caseId, List.of(message), CaseMessage.class, message, once);
  }

  /** Adds several messages in their order, all or nothing. */
  public Uni<Created<MessageItems>> addAll(
      Actor actor, String caseId, List<CaseMessage> messages, Once once) {
    return add(actor, caseId, messages, MessageItems.class, new MessageItems(messages), once);
  }

  private <T> Uni<Created<T>> add(
      Actor actor, String caseId, List<CaseMessage> messages, Class<T> type, T answer, Once once) {
    String path = path(caseId);
    return additions.add(
        actor,
        new Addition<>(
            caseId,
            RESOURCE,
            path,
            type,
            Created.now(path, answer),
            cases -> cases.addMessages(messages)),
        once);
  }

  /** The part of the conversation that the query asks for. */
  public Uni<List<ShownRow>> thread(Actor actor, String caseId, MessageQuery query) {
    return access.shown(actor, caseId, RESOURCE, rows -> rows.messages(caseId, query));
  }
}
