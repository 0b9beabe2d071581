package com.faultmaven.common.job;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A job as admins see it.
 *
 * @param name its name
 * @param schedule an interval, a time of day in UTC, or {@code off}
 * @param enabled whether the settings let it run at all
 * @param running whether a run is under way in some replica
 * @param lastRun the run that is under way or ended last; null when there was none
 * @param nextRunAt when it is due; null when nothing but an admin starts it
 */
@JsonNaming(SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.ALWAYS)
@RegisterForReflection
public record JobStatus(
    String name,
    String schedule,
    boolean enabled,
    boolean running,
    @Nullable JobRun lastRun,
    @Nullable Instant nextRunAt) {}
