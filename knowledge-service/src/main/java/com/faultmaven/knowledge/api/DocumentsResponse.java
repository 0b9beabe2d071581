package com.faultmaven.knowledge.api;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * Several documents that were added at once.
 *
 * @param items the documents, in the order in which they were sent
 */
@RegisterForReflection
@Schema(name = "Documents", description = "Documents that were added at once")
public record DocumentsResponse(List<DocumentResponse> items) {}
