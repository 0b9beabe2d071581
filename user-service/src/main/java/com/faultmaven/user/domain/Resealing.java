package com.faultmaven.user.domain;

import com.faultmaven.common.security.AtRestEncryption;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Encrypts anew what a former key has encrypted, so that this key can go (decisions, section 7).
 * Each row is written by itself, and only while it holds what was read: replicas may do it at the
 * same time, and whatever moment it ends at leaves rows that can be read.
 */
@ApplicationScoped
public class Resealing {
  private static final Logger LOG = Logger.getLogger(Resealing.class);

  private final SealedRows rows;
  private final AtRestEncryption encryption;

  /** Wires the bean. */
  @Inject
  public Resealing(SealedRows rows, AtRestEncryption encryption) {
    this.rows = rows;
    this.encryption = encryption;
  }

  /** What has become of a row. */
  private enum Outcome {
    RESEALED,
    UNREADABLE,
    /** Somebody else has changed or removed it meanwhile. */
    OVERTAKEN
  }

  /**
   * What one batch has done.
   *
   * @param found rows of other keys than today's
   * @param resealed those that today's key has encrypted now
   * @param unreadable those whose key is not configured any more; they stay as they are
   * @param last id of the last one, after which the next batch begins; null when there is none
   */
  public record Batch(int found, int resealed, int unreadable, @Nullable String last) {}

  /** What kinds of rows there are. */
  public List<String> kinds() {
    return rows.kinds();
  }

  /**
   * Encrypts the next rows anew.
   *
   * @param after where the batch before has ended; null for the first
   * @param most rows of one batch
   */
  public Uni<Batch> next(String kind, @Nullable String after, int most) {
    return rows.findOfOtherKeys(kind, encryption.keyId(), after, most)
        .flatMap(
            found ->
                Multi.createFrom()
                    .iterable(found)
                    .onItem()
                    .transformToUniAndConcatenate(row -> reseal(kind, row))
                    .collect()
                    .asList()
                    .map(
                        outcomes ->
                            batch(found.isEmpty() ? after : found.getLast().id(), outcomes)))
        .invoke(batch -> warn(kind, batch));
  }

  private Uni<Outcome> reseal(String kind, SealedRow row) {
    byte[] plain;
    try {
      plain =
          encryption.decrypt(Base64.getDecoder().decode(row.sealed()), row.keyId(), row.context());
    } catch (IllegalStateException unreadable) {
      // One such row must not keep the others from their new key.
      return Uni.createFrom().item(Outcome.UNREADABLE);
    }
    String sealed = Base64.getEncoder().encodeToString(encryption.encrypt(plain, row.context()));
    return rows.replace(kind, row, sealed, encryption.keyId())
        .map(replaced -> replaced ? Outcome.RESEALED : Outcome.OVERTAKEN);
  }

  private static Batch batch(@Nullable String last, List<Outcome> outcomes) {
    return new Batch(
        outcomes.size(),
        Collections.frequency(outcomes, Outcome.RESEALED),
        Collections.frequency(outcomes, Outcome.UNREADABLE),
        last);
  }

  private static void warn(String kind, Batch batch) {
    if (batch.unreadable() > 0) {
      LOG.errorf(
          "%d rows of %s cannot be read: the key that encrypted them is missing from"
              + " faultmaven.former-encryption-keys",
          batch.unreadable(), kind);
    }
  }
}
