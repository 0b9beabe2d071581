package com.faultmaven.common.model.cases.document;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Column documentation_data: the post-mortem (specification 3.2).
 *
 * @param summary what happened, in a paragraph
 * @param impact whom it hurt and how
 * @param timeline what happened, oldest first
 * @param resolution what solved it
 * @param wentWell what helped
 * @param wentWrong what hindered
 * @param lessons what was learned
 * @param actionItems what is to be done so that it does not happen again
 * @param runbookIds documents of the knowledge base that came out of it or were used
 * @param links addresses of dashboards, changes and tickets
 * @param author who wrote it
 * @param publishedAt when it was published; null before
 */
@RegisterForReflection
@JsonNaming(SnakeCaseStrategy.class)
@Schema(
    description = "The post-mortem",
    additionalProperties = Schema.True.class,
    examples =
        """
        {
          "summary": "Checkout failed for 40 minutes because the connection pool was too small.",
          "impact": "1,200 orders were not placed.",
          "timeline": [{"at": "2026-01-31T09:00:00Z", "description": "Release 4.2"}],
          "lessons": ["The pool's size belongs into the release's checklist"],
          "action_items": [{"description": "Alert on waiting requests", "owner": "sre", "status": "open"}]
        }
        """)
public record DocumentationData(
    @Schema(description = "What happened, in a paragraph") @Size(max = Bounds.TEXT)
        @Nullable String summary,
    @Schema(description = "Whom it hurt and how") @Size(max = Bounds.TEXT) @Nullable String impact,
    @Schema(description = "What happened, oldest first") @Size(max = Bounds.LIST)
        @Nullable List<@NotNull @Valid TimelineEvent> timeline,
    @Schema(description = "What solved it") @Size(max = Bounds.TEXT) @Nullable String resolution,
    @Schema(description = "What helped") @Size(max = Bounds.LIST)
        @Nullable List<@NotNull @Size(min = 1, max = Bounds.NOTE) String> wentWell,
    @Schema(description = "What hindered") @Size(max = Bounds.LIST)
        @Nullable List<@NotNull @Size(min = 1, max = Bounds.NOTE) String> wentWrong,
    @Schema(description = "What was learned") @Size(max = Bounds.LIST)
        @Nullable List<@NotNull @Size(min = 1, max = Bounds.NOTE) String> lessons,
    @Schema(description = "What is to be done so that it does not happen again")
        @Size(max = Bounds.LIST)
        @Nullable List<@NotNull @Valid ActionItem> actionItems,
    @Schema(description = "Documents of the knowledge base that came out of it or were used")
        @Size(max = Bounds.LIST)
        @Nullable List<@NotNull @Size(min = 1, max = Bounds.ID) String> runbookIds,
    @Schema(description = "Addresses of dashboards, changes and tickets") @Size(max = Bounds.LIST)
        @Nullable List<@NotNull @Size(min = 1, max = Bounds.NOTE) String> links,
    @Schema(description = "Who wrote it") @Size(max = Bounds.NAME) @Nullable String author,
    @Schema(description = "When it was published; null before") @Nullable Instant publishedAt) {}
