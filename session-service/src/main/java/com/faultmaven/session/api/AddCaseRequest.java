package com.faultmaven.session.api;

import jakarta.validation.constraints.NotNull;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * Adds a case to a session.
 *
 * @param caseId id of the case
 */
@Schema(name = "AddCase")
public record AddCaseRequest(
    @NotNull
        @Schema(
            description = "Id of the case",
            required = true,
            minLength = 1,
            maxLength = 200,
            examples = "01939f3e-7c1a-7b2d-9f00-3c5a1e2d4b70")
        String caseId) {}
