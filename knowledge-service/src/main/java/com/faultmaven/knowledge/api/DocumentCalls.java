package com.faultmaven.knowledge.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.faultmaven.common.web.Created;
import com.faultmaven.common.web.Idempotency;
import com.faultmaven.common.web.Page;
import com.faultmaven.common.web.PageRequest;
import com.faultmaven.common.web.Problem;
import com.faultmaven.knowledge.domain.DocumentDraft;
import com.faultmaven.knowledge.domain.DocumentFilter;
import com.faultmaven.knowledge.domain.DocumentInput;
import com.faultmaven.knowledge.domain.IndexedDocument;
import com.faultmaven.knowledge.domain.KnowledgeBase;
import com.faultmaven.knowledge.domain.KnowledgeDocuments;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.Response;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Requests about documents, the same for every knowledge base. */
@ApplicationScoped
public class DocumentCalls {
  private final KnowledgeDocuments documents;
  private final Idempotency idempotency;
  private final ObjectMapper json;

  /** Wires the bean. */
  @Inject
  public DocumentCalls(KnowledgeDocuments documents, Idempotency idempotency, ObjectMapper json) {
    this.documents = documents;
    this.idempotency = idempotency;
    this.json = json;
  }

  /**
   * Documents that were sent together, and where.
   *
   * @param base where they go
   * @param path path of the knowledge base
   * @param documents the documents
   * @param single whether one was sent, which is answered by itself
   */
  record Sent(KnowledgeBase base, String path, List<DocumentRequest> documents, boolean single) {}

  /** What makes a repeated request the same one. */
  @RegisterForReflection
  record Fingerprint(String collection, List<DocumentRequest> documents) {}

  /**
   * Reads one document, a list of them, or {@code {"documents": […]}}.
   *
   * @throws JsonProcessingException when the body is something else
   */
  Sent read(KnowledgeBase base, String path, @Nullable JsonNode body)
      throws JsonProcessingException {
    if (body == null || !(body.isObject() || body.isArray())) {
      throw Problem.invalid("body", "a document, or a list of documents, is expected");
    }
    if (body.isObject() && !body.has("documents")) {
      return new Sent(base, path, List.of(json.treeToValue(body, DocumentRequest.class)), true);
    }
    List<DocumentRequest> requests = new ArrayList<>();
    if (body.isArray()) {
      for (JsonNode item : body) {
        requests.add(json.treeToValue(item, DocumentRequest.class));
      }
    } else {
      DocumentsRequest several = json.treeToValue(body, DocumentsRequest.class);
      requests.addAll(several.documents() == null ? List.of() : several.documents());
    }
    if (requests.stream().anyMatch(request -> request == null)) {
      throw Problem.invalid("documents", "must not hold null");
    }
    return new Sent(base, path, requests, false);
  }

  /** Adds what was sent. */
  Uni<Response> add(Sent sent, String userId, @Nullable String key, boolean wait) {
    List<DocumentInput> inputs = sent.documents().stream().map(DocumentRequest::input).toList();
    return documents
        .prepare(inputs, sent.single())
        .flatMap(
            drafts ->
                sent.single()
                    ? addOne(sent, userId, key, wait, drafts)
                    : addSeveral(sent, userId, key, wait, drafts));
  }

  /** Replaces a document. */
  Uni<DocumentResponse> replace(
      KnowledgeBase base, String documentId, DocumentRequest request, boolean wait) {
    if (request.documentId() != null && !request.documentId().equals(documentId)) {
      throw Problem.invalid("document_id", "must be the path's, or be left out");
    }
    return documents
        .prepare(List.of(request.inputFor(documentId)), true)
        .flatMap(drafts -> documents.replace(base, drafts.getFirst()))
        .flatMap(
            replaced ->
                wait
                    ? documents
                        .awaitIndexed(base, List.of(documentId))
                        .map(found -> found.isEmpty() ? replaced : found.getFirst())
                    : Uni.createFrom().item(replaced))
        .map(DocumentResponse::state);
  }

  /** A page of documents. */
  Uni<Page<DocumentResponse>> list(KnowledgeBase base, DocumentFilter filter, PageRequest request) {
    return documents
        .list(base, filter, request)
        .map(
            page ->
                new Page<>(
                    page.items().stream().map(DocumentResponse::inList).toList(),
                    page.total(),
                    page.limit(),
                    page.offset()));
  }

  private Uni<Response> addOne(
      Sent sent, String userId, @Nullable String key, boolean wait, List<DocumentDraft> drafts) {
    return idempotency
        .create(
            key,
            userId,
            new Fingerprint(sent.base().collection(), sent.documents()),
            DocumentResponse.class,
            tx ->
                documents
                    .add(tx, sent.base(), userId, drafts)
                    .map(added -> created(sent, added.getFirst())))
        .invoke(documents::wake)
        .flatMap(
            created ->
                wait
                    ? documents
                        .awaitIndexed(sent.base(), List.of(created.body().documentId()))
                        .map(found -> withState(created, found))
                    : Uni.createFrom().item(created))
        .map(Created::toResponse);
  }

  private Uni<Response> addSeveral(
      Sent sent, String userId, @Nullable String key, boolean wait, List<DocumentDraft> drafts) {
    return idempotency
        .create(
            key,
            userId,
            new Fingerprint(sent.base().collection(), sent.documents()),
            DocumentsResponse.class,
            tx ->
                documents
                    .add(tx, sent.base(), userId, drafts)
                    .map(added -> Created.now(sent.path() + "/documents", states(added))))
        .invoke(documents::wake)
        .flatMap(
            created ->
                wait
                    ? documents
                        .awaitIndexed(
                            sent.base(),
                            created.body().items().stream()
                                .map(DocumentResponse::documentId)
                                .toList())
                        .map(
                            found ->
                                new Created<>(
                                    created.location(), states(found), created.replayed()))
                    : Uni.createFrom().item(created))
        .map(Created::toResponse);
  }

  private static Created<DocumentResponse> created(Sent sent, IndexedDocument added) {
    String id = added.document().documentId();
    return Created.now(sent.path() + "/documents/" + encoded(id), DocumentResponse.state(added));
  }

  private static Created<DocumentResponse> withState(
      Created<DocumentResponse> created, List<IndexedDocument> found) {
    return found.isEmpty()
        ? created
        : new Created<>(
            created.location(), DocumentResponse.state(found.getFirst()), created.replayed());
  }

  private static DocumentsResponse states(List<IndexedDocument> found) {
    return new DocumentsResponse(found.stream().map(DocumentResponse::state).toList());
  }

  static String encoded(String segment) {
    return URLEncoder.encode(segment, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
