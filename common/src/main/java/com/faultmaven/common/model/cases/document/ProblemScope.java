package com.faultmaven.common.model.cases.document;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * How far a problem reaches.
 *
 * @param statement the scope in a sentence
 * @param services services that are affected
 * @param environments environments that are affected
 * @param regions regions that are affected
 * @param hosts hosts, nodes or pods that are affected
 * @param usersAffected how many users are affected, from 0
 * @param shareAffected which share of the requests or users is affected, 0 to 1
 */
@RegisterForReflection
@JsonNaming(SnakeCaseStrategy.class)
@Schema(description = "How far a problem reaches", additionalProperties = Schema.True.class)
public record ProblemScope(
    @Schema(description = "The scope in a sentence") @Size(max = Bounds.NOTE)
        @Nullable String statement,
    @Schema(description = "Services that are affected") @Size(max = Bounds.LIST)
        @Nullable List<@NotNull @Size(min = 1, max = Bounds.NAME) String> services,
    @Schema(description = "Environments that are affected") @Size(max = Bounds.LIST)
        @Nullable List<@NotNull @Size(min = 1, max = Bounds.NAME) String> environments,
    @Schema(description = "Regions that are affected") @Size(max = Bounds.LIST)
        @Nullable List<@NotNull @Size(min = 1, max = Bounds.NAME) String> regions,
    @Schema(description = "Hosts, nodes or pods that are affected") @Size(max = Bounds.LIST)
        @Nullable List<@NotNull @Size(min = 1, max = Bounds.NAME) String> hosts,
    @Schema(description = "How many users are affected, from 0") @Min(0) @Max(10000000000L)
        @Nullable Long usersAffected,
    @Schema(description = "Which share of the requests or users is affected, 0 to 1")
        @DecimalMin("0")
        @DecimalMax("1")
        @Nullable Double shareAffected) {}
