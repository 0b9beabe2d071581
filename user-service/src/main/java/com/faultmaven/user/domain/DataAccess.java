package com.faultmaven.user.domain;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import com.faultmaven.common.id.Ids;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One row of the log of reads of other users' data (decisions, section 7). It holds nothing of what
 * was read.
 *
 * @param accessId id
 * @param actorId who read
 * @param userId whose data; null when they are not one user's
 * @param resource what was read
 * @param action what was done with it
 * @param address the client's IP address
 * @param occurredAt when
 */
@JsonNaming(SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.ALWAYS)
public record DataAccess(
    String accessId,
    String actorId,
    @Nullable String userId,
    DataResource resource,
    DataAction action,
    @Nullable String address,
    Instant occurredAt) {
  /** A read that happens now. */
  public static DataAccess read(
      Actor actor, @Nullable String userId, DataResource resource, Instant now) {
    return new DataAccess(
        Ids.next(),
        actor.userId(),
        userId,
        resource,
        DataAction.READ,
        actor.origin().address(),
        now);
  }
}
