package com.faultmaven.user.api;

import com.faultmaven.user.domain.privacy.Erasure;
import com.faultmaven.user.domain.privacy.ErasureReason;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * The erasure of a user's data.
 *
 * @param erasureId its id
 * @param userId whose data
 * @param status running, or completed when every service has erased what it owned
 * @param reason requested, or retention when the account had been deleted long enough
 * @param requestedBy who asked for it; absent when nobody did
 * @param requestedAt when it began
 * @param completedAt when it ended
 * @param services what each service has said
 */
@Schema(name = "Erasure")
public record ErasureAnswer(
    String erasureId,
    String userId,
    @Schema(enumeration = {"running", "completed"}) String status,
    @Schema(
            type = SchemaType.STRING,
            enumeration = {"requested", "retention"},
            implementation = String.class)
        ErasureReason reason,
    @Nullable String requestedBy,
    Instant requestedAt,
    @Nullable Instant completedAt,
    List<ServiceErasure> services) {
  public ErasureAnswer {
    services = List.copyOf(services);
  }

  /**
   * A service's part.
   *
   * @param service its name
   * @param erasedAt when it had erased; null while its answer is awaited
   * @param erased how many things, by kind; null while its answer is awaited
   */
  @Schema(name = "ServiceErasure")
  public record ServiceErasure(
      String service, @Nullable Instant erasedAt, @Nullable Map<String, Long> erased) {}

  static ErasureAnswer of(Erasure erasure) {
    return new ErasureAnswer(
        erasure.erasureId(),
        erasure.userId(),
        erasure.completedAt() == null ? "running" : "completed",
        erasure.reason(),
        erasure.requestedBy(),
        erasure.requestedAt(),
        erasure.completedAt(),
        erasure.answers().stream()
            .map(answer -> new ServiceErasure(answer.service(), answer.erasedAt(), answer.erased()))
            .toList());
  }
}
