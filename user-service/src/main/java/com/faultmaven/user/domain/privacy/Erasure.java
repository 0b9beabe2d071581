package com.faultmaven.user.domain.privacy;

import com.faultmaven.common.id.Ids;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The erasure of everything that the suite holds about a user.
 *
 * @param erasureId id
 * @param userId whose data; after the end nothing else tells who that was
 * @param reason why
 * @param requestedBy who asked for it; null when nobody did
 * @param requestedAt when it began
 * @param completedAt when the last service had erased; null until then
 * @param answers of the services, by name, this one last to answer
 */
public record Erasure(
    String erasureId,
    String userId,
    ErasureReason reason,
    @Nullable String requestedBy,
    Instant requestedAt,
    @Nullable Instant completedAt,
    List<Answer> answers) {
  public Erasure {
    answers = List.copyOf(answers);
  }

  /**
   * What a service has said.
   *
   * @param service its name
   * @param erasedAt when it had erased what it owned; null while its answer is awaited
   * @param erased how many things, by kind; null while its answer is awaited
   */
  public record Answer(
      String service, @Nullable Instant erasedAt, @Nullable Map<String, Long> erased) {}

  /** One that begins now and awaits these services. */
  static Erasure begin(
      String userId,
      ErasureReason reason,
      @Nullable String requestedBy,
      List<String> services,
      Instant now) {
    return new Erasure(
        Ids.next(),
        userId,
        reason,
        requestedBy,
        now,
        null,
        services.stream().sorted().map(service -> new Answer(service, null, null)).toList());
  }
}
