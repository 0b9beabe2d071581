package com.faultmaven.knowledge.domain;

import com.faultmaven.common.userdata.ErasedUsers;
import com.faultmaven.common.web.Page;
import com.faultmaven.common.web.PageRequest;
import com.faultmaven.common.web.Problem;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Keeps the documents of knowledge bases (specification 5.5). Who may do what is the API's. */
@ApplicationScoped
public class KnowledgeDocuments {
  private final Documents documents;
  private final DocumentRules rules;
  private final ErasedUsers erasedUsers;
  private final KnowledgeSettings settings;
  private final Event<DocumentsWaiting> waiting;
  private final Clock clock;

  /** Wires the bean. */
  @Inject
  public KnowledgeDocuments(
      Documents documents,
      DocumentRules rules,
      ErasedUsers erasedUsers,
      KnowledgeSettings settings,
      Event<DocumentsWaiting> waiting,
      Clock clock) {
    this.documents = documents;
    this.rules = rules;
    this.erasedUsers = erasedUsers;
    this.settings = settings;
    this.waiting = waiting;
    this.clock = clock;
  }

  /** Checks and redacts what was sent; see {@link DocumentRules#drafts}. */
  public Uni<List<DocumentDraft>> prepare(List<DocumentInput> inputs, boolean single) {
    return rules.drafts(inputs, single);
  }

  /**
   * Adds documents, all or none; call {@link #wake} after the commit.
   *
   * @return the documents in the drafts' order; fails with {@link Problem} 409 {@code
   *     document-exists} or {@code knowledge-base-full}, 401 when the owner's data are erased
   */
  public Uni<List<IndexedDocument>> add(
      SqlConnection tx, KnowledgeBase base, String userId, List<DocumentDraft> drafts) {
    requireDistinct(drafts);
    Instant now = clock.instant();
    String owner = base.ownerId();
    return (owner == null ? Uni.createFrom().voidItem() : erasedUsers.requireNotErased(tx, owner))
        .chain(() -> documents.countAll(tx, base.collection()))
        .invoke(
            count -> {
              if (count + drafts.size() > settings.maxDocuments()) {
                throw Problem.conflict(
                    "knowledge-base-full",
                    "A knowledge base holds at most " + settings.maxDocuments() + " documents.");
              }
            })
        .flatMap(
            count ->
                Multi.createFrom()
                    .iterable(drafts)
                    .onItem()
                    .transformToUniAndConcatenate(
                        draft ->
                            documents
                                .add(tx, base.collection(), userId, draft, now)
                                .map(added -> added.orElseThrow(() -> exists(draft))))
                    .collect()
                    .asList());
  }

  /** Replaces a document's content and metadata; 404 when there is none. */
  public Uni<IndexedDocument> replace(KnowledgeBase base, DocumentDraft draft) {
    return documents
        .replace(base.collection(), draft, clock.instant())
        .map(KnowledgeDocuments::require)
        .invoke(this::wake);
  }

  /** The document with its full content; 404 when there is none. */
  public Uni<IndexedDocument> get(KnowledgeBase base, String documentId) {
    return documents.find(base.collection(), documentId).map(KnowledgeDocuments::require);
  }

  /** A page of documents, the newest first, with the beginning of their content alone. */
  public Uni<Page<IndexedDocument>> list(
      KnowledgeBase base, DocumentFilter filter, PageRequest page) {
    return documents
        .list(base.collection(), filter, page)
        .flatMap(
            items ->
                documents
                    .count(base.collection(), filter)
                    .map(total -> Page.of(items, total, page)));
  }

  /** Deletes a document: nobody finds it from now on; 404 when there is none. */
  public Uni<Void> delete(KnowledgeBase base, String documentId) {
    return documents
        .delete(base.collection(), documentId, clock.instant())
        .invoke(
            there -> {
              if (!there) {
                throw Problem.notFound("document");
              }
              wake();
            })
        .replaceWithVoid();
  }

  /** How much the knowledge base holds. */
  public Uni<KnowledgeStats> stats(KnowledgeBase base) {
    return documents.stats(base.collection());
  }

  /**
   * Waits until the documents are indexed or have failed, for a while.
   *
   * @return the documents as they are then, with the beginning of their content alone, in the ids'
   *     order; deleted ones are left out
   */
  public Uni<List<IndexedDocument>> awaitIndexed(KnowledgeBase base, List<String> documentIds) {
    Instant deadline = clock.instant().plus(settings.waitLimit());
    return Uni.createFrom()
        .deferred(() -> documents.find(base.collection(), documentIds))
        .repeat()
        .withDelay(settings.waitInterval())
        .whilst(found -> clock.instant().isBefore(deadline) && !allFinal(found))
        .collect()
        .last()
        .map(found -> inOrder(found, documentIds));
  }

  /** Tells the index that there is something to do. */
  public void wake() {
    waiting.fire(new DocumentsWaiting());
  }

  private static boolean allFinal(List<IndexedDocument> found) {
    return found.stream().allMatch(document -> document.status().isFinal());
  }

  private static List<IndexedDocument> inOrder(List<IndexedDocument> found, List<String> ids) {
    Map<String, IndexedDocument> byId = new HashMap<>();
    found.forEach(document -> byId.put(document.document().documentId(), document));
    return ids.stream().map(byId::get).filter(Objects::nonNull).toList();
  }

  private static void requireDistinct(List<DocumentDraft> drafts) {
    HashSet<String> ids = new HashSet<>();
    for (DocumentDraft draft : drafts) {
      if (!ids.add(draft.documentId())) {
        throw Problem.invalid("documents", "the same document_id stands there twice");
      }
    }
  }

  private static IndexedDocument require(java.util.Optional<IndexedDocument> found) {
    return found.orElseThrow(() -> Problem.notFound("document"));
  }

  private static Problem exists(DocumentDraft draft) {
    return Problem.conflict(
        "document-exists",
        "There is a document "
            + draft.documentId()
            + " already; PUT replaces it, or leave document_id out for a new one.");
  }
}
