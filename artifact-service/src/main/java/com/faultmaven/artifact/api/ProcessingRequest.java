package com.faultmaven.artifact.api;

import com.faultmaven.common.model.artifact.DataType;
import com.faultmaven.common.model.artifact.ProcessingMode;
import jakarta.validation.constraints.NotNull;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * The choice about a file.
 *
 * @param processingMode which of the four choices
 * @param dataType the type to take the file for; left out, the rules decide
 */
@Schema(examples = "{\"processing_mode\": \"overview_cached\"}")
public record ProcessingRequest(
    @NotNull(message = "must be one of the processing modes") ProcessingMode processingMode,
    @Nullable DataType dataType) {}
