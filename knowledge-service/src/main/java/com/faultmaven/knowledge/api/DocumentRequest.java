package com.faultmaven.knowledge.api;

import com.fasterxml.jackson.annotation.JsonAlias;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import com.faultmaven.common.model.knowledge.DocumentMetadata;
import com.faultmaven.knowledge.domain.DocumentInput;
import io.quarkus.runtime.annotations.RegisterForReflection;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A document that is sent.
 *
 * @param documentId its id, kept as given; a new one is made when it is left out
 * @param title its title; its first heading or line when it is left out
 * @param content its full text
 * @param documentType what kind it is; runbook when it is left out
 * @param metadata what else is known
 */
@JsonNaming(SnakeCaseStrategy.class)
@RegisterForReflection
@Schema(name = "DocumentRequest", description = "A document to keep")
public record DocumentRequest(
    @Schema(description = "Kept as given; made when left out", examples = "db-timeouts")
        @JsonAlias("id")
        @Nullable String documentId,
    @Schema(
            description = "The first heading or line when left out",
            maxLength = 300,
            examples = "Database timeouts")
        @Nullable String title,
    @Schema(
            required = true,
            description = "Full text, Markdown or plain, at most 1 MiB; secrets are redacted",
            examples =
                "# Database timeouts\n\nWhen the connection pool is exhausted, look for slow"
                    + " statements first, then raise the pool's size.")
        @Nullable String content,
    @Schema(description = "runbook when left out", examples = "runbook")
        @Nullable String documentType,
    @Nullable DocumentMetadata metadata) {
  /** What the domain takes. */
  DocumentInput input() {
    return new DocumentInput(documentId, title, content, documentType, metadata);
  }

  /** The same document under the id that the path names. */
  DocumentInput inputFor(String id) {
    return new DocumentInput(id, title, content, documentType, metadata);
  }
}
