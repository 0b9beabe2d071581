package com.faultmaven.knowledge.api;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Several documents, of which all are kept or none.
 *
 * @param documents 1 to 50
 */
@JsonNaming(SnakeCaseStrategy.class)
@RegisterForReflection
@Schema(name = "DocumentsRequest", description = "Several documents, all kept or none")
public record DocumentsRequest(@Nullable List<DocumentRequest> documents) {}
