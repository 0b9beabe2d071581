package com.faultmaven.artifact.domain;

import com.faultmaven.artifact.domain.UploadAnswer.FileAnswer;
import com.faultmaven.common.db.DatabaseFailures;
import com.faultmaven.common.event.Outbox;
import com.faultmaven.common.model.artifact.DataType;
import com.faultmaven.common.model.artifact.ProcessingMode;
import com.faultmaven.common.web.Created;
import com.faultmaven.common.web.Idempotency;
import com.faultmaven.common.web.Problem;
import io.smallrye.mutiny.CompositeException;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Taking in files (specification 4.3, architecture "one upload, end to end"): processed in
 * parallel, their bytes put into S3 first, then all rows and events in one transaction.
 */
@ApplicationScoped
public class Uploads {
  private final Intake intake;
  private final FileStore store;
  private final Outbox outbox;
  private final Idempotency idempotency;
  private final ObjectRemoval removal;
  private final StageLog stages;

  /** Wires the bean. */
  @Inject
  public Uploads(
      Intake intake,
      FileStore store,
      Outbox outbox,
      Idempotency idempotency,
      ObjectRemoval removal,
      StageLog stages) {
    this.intake = intake;
    this.store = store;
    this.outbox = outbox;
    this.idempotency = idempotency;
    this.removal = removal;
    this.stages = stages;
  }

  /** Says that a key is new, by which the transaction that asked for it is undone. */
  private static final class NewKeyException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NewKeyException() {
      super("a new key", null, false, false);
    }
  }

  /**
   * Takes files in.
   *
   * @return one answer for each file; with one file alone its refusal is a failure. Fails with 413
   *     and 422 problems for files that are not taken, 404 when the case went meanwhile, 503 when
   *     something is away or busy: nothing is kept then
   */
  public Uni<Created<UploadAnswer>> take(
      CaseOwnership owned, UploadRequest request, Requester requester) {
    List<ReceivedFile> files = request.files();
    Optional<Problem> refusal =
        files.size() == 1 ? UploadRules.refusal(files.getFirst()) : Optional.empty();
    if (refusal.isPresent()) {
      return Uni.createFrom().failure(refusal.get());
    }
    return intake
        .digests(files)
        .flatMap(
            digests -> {
              Map<String, Object> identity = identity(owned, request, digests);
              return earlierAnswer(request.idempotencyKey(), requester, identity)
                  .flatMap(
                      earlier ->
                          earlier.isPresent()
                              ? Uni.createFrom().item(earlier.get())
                              : takeNew(owned, request, requester, identity, digests));
            });
  }

  private Uni<Optional<Created<UploadAnswer>>> earlierAnswer(
      @Nullable String key, Requester requester, Map<String, Object> identity) {
    if (key == null) {
      return Uni.createFrom().item(Optional.empty());
    }
    // Asked before the work is done: a repeated upload is answered without processing it again.
    return idempotency
        .create(
            key,
            requester.userId(),
            identity,
            UploadAnswer.class,
            transaction -> Uni.createFrom().failure(new NewKeyException()))
        .map(Optional::of)
        .onFailure(NewKeyException.class)
        .recoverWithItem(Optional.empty());
  }

  private Uni<Created<UploadAnswer>> takeNew(
      CaseOwnership owned,
      UploadRequest request,
      Requester requester,
      Map<String, Object> identity,
      List<String> digests) {
    Intake.Batch batch =
        new Intake.Batch(
            owned,
            request.dataType(),
            request.mode(),
            request.sessionId() == null ? requester.sessionId() : request.sessionId(),
            requester.userId());
    List<Uni<Intake.Taken>> work =
        IntStream.range(0, digests.size())
            .mapToObj(i -> takeOne(batch, request.files().get(i), digests.get(i)))
            .toList();
    return Uni.join()
        .all(work)
        .andCollectFailures()
        .onFailure(CompositeException.class)
        .transform(failure -> failure.getCauses().getFirst())
        .flatMap(taken -> keep(request, requester, identity, owned, taken))
        .onFailure(DatabaseFailures::isForeignKeyViolation)
        .transform(caseIsGone -> Problem.notFound("case"))
        // Only where it is certain that no row points to them: an answer that was given before, and
        // failures that are answers. After any other failure the orphan job looks.
        .onFailure(Problem.class)
        .call(failure -> removal.removeNow(batch.storedKeys()))
        .call(
            created ->
                created.replayed()
                    ? removal.removeNow(batch.storedKeys())
                    : Uni.createFrom().voidItem())
        .onTermination()
        .invoke(() -> batch.fileIds().forEach(stages::ended));
  }

  private Uni<Intake.Taken> takeOne(Intake.Batch batch, ReceivedFile file, String digest) {
    return UploadRules.refusal(file)
        .map(problem -> FileAnswer.refused(file.filename(), problem))
        .map(refused -> Uni.createFrom().item(new Intake.Taken(refused, null, null)))
        .orElseGet(() -> intake.take(batch, file, digest));
  }

  private Uni<Created<UploadAnswer>> keep(
      UploadRequest request,
      Requester requester,
      Map<String, Object> identity,
      CaseOwnership owned,
      List<Intake.Taken> taken) {
    List<FileAnswer> answers = taken.stream().map(Intake.Taken::answer).toList();
    String location = answers.getFirst().location();
    Created<UploadAnswer> created =
        Created.now(
            answers.size() == 1 && location != null
                ? location
                : "/api/v1/cases/" + owned.caseId() + "/files",
            new UploadAnswer(answers));
    return idempotency.create(
        request.idempotencyKey(),
        requester.userId(),
        identity,
        UploadAnswer.class,
        transaction -> insertAll(transaction, taken).replaceWith(created));
  }

  private Uni<Void> insertAll(SqlConnection transaction, List<Intake.Taken> taken) {
    Uni<Void> inserted = Uni.createFrom().voidItem();
    for (Intake.Taken each : taken) {
      FileRecord file = each.file();
      if (file != null) {
        inserted =
            inserted
                .chain(() -> store.insert(transaction, file))
                .chain(() -> announce(transaction, file, each.processed()));
      }
    }
    return inserted;
  }

  private Uni<Void> announce(
      SqlConnection transaction, FileRecord file, @Nullable Processed processed) {
    return processed == null
        ? Uni.createFrom().voidItem()
        : Announcement.of(file, processed)
            .map(event -> outbox.append(transaction, event))
            .orElse(Uni.createFrom().voidItem());
  }

  private static Map<String, Object> identity(
      CaseOwnership owned, UploadRequest request, List<String> digests) {
    Map<String, Object> identity = new LinkedHashMap<>();
    identity.put("case_id", owned.caseId());
    identity.put(
        "files",
        IntStream.range(0, digests.size())
            .mapToObj(i -> request.files().get(i).filename() + "\u0000" + digests.get(i))
            .toList());
    identity.put("data_type", nameOf(request.dataType()));
    identity.put("processing_mode", nameOf(request.mode()));
    return identity;
  }

  private static String nameOf(@Nullable DataType type) {
    return type == null ? "" : type.wireName();
  }

  private static String nameOf(@Nullable ProcessingMode mode) {
    return mode == null ? "" : mode.wireName();
  }
}
