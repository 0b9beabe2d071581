package com.faultmaven.artifact.domain;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * A file has reached a stage.
 *
 * @param fileId the file
 * @param stage the stage
 */
@JsonNaming(SnakeCaseStrategy.class)
@RegisterForReflection
public record StageEvent(String fileId, Stage stage) {}
