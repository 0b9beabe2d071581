package com.faultmaven.session.api;

import jakarta.validation.constraints.NotNull;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * Adds a file to a session.
 *
 * @param fileId id of the file
 */
@Schema(name = "AddUpload")
public record AddUploadRequest(
    @NotNull
        @Schema(
            description = "Id of the uploaded file",
            required = true,
            minLength = 1,
            maxLength = 200,
            examples = "01939f3e-7c1a-7b2d-9f00-3c5a1e2d4b6f")
        String fileId) {}
