package com.faultmaven.cases.domain;

import com.faultmaven.common.model.cases.CaseMessage;
import com.faultmaven.common.repository.MessageQuery;
import com.faultmaven.common.web.Created;
import com.faultmaven.common.web.Idempotency;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;

/** The conversation of a case (specification 3.2). */
@ApplicationScoped
public class CaseMessages {
  private static final String RESOURCE = "case.messages";

  private final CaseStore store;
  private final CaseAccess access;
  private final Idempotency idempotency;

  /** Wires the bean. */
  @Inject
  public CaseMessages(CaseStore store, CaseAccess access, Idempotency idempotency) {
    this.store = store;
    this.access = access;
    this.idempotency = idempotency;
  }

  /** Path of a case's messages. */
  public static String path(String caseId) {
    return Cases.path(caseId) + "/messages";
  }

  /** Adds one message. */
  public Uni<Created<CaseMessage>> add(Actor actor, String caseId, CaseMessage message, Once once) {
    return access
        .writable(actor, caseId, RESOURCE)
        .flatMap(
            seen ->
                idempotency.create(
                    once.key(),
                    actor.userId(),
                    once.request(path(caseId)),
                    CaseMessage.class,
                    tx ->
                        store
                            .in(tx, Scope.of(actor))
                            .addMessages(List.of(message))
                            .replaceWith(() -> Created.now(path(caseId), message))));
  }

  /** Adds several messages in their order, all or nothing. */
  public Uni<Created<MessageItems>> addAll(
      Actor actor, String caseId, List<CaseMessage> messages, Once once) {
    return access
        .writable(actor, caseId, RESOURCE)
        .flatMap(
            seen ->
                idempotency.create(
                    once.key(),
                    actor.userId(),
                    once.request(path(caseId)),
                    MessageItems.class,
                    tx ->
                        store
                            .in(tx, Scope.of(actor))
                            .addMessages(messages)
                            .replaceWith(
                                () -> Created.now(path(caseId), new MessageItems(messages)))));
  }

  /** The part of the conversation that the query asks for. */
  public Uni<List<CaseMessage>> thread(Actor actor, String caseId, MessageQuery query) {
    return access.rows(
        actor, caseId, RESOURCE, cases -> cases.getConversationThread(caseId, query));
  }
}
