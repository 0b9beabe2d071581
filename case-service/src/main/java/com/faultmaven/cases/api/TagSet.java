package com.faultmaven.cases.api;

import com.faultmaven.cases.domain.CaseTags;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * Tags of a case.
 *
 * @param tags labels, at most 50, each of at most 64 characters
 */
@RegisterForReflection
public record TagSet(
    @NotNull @Size(max = CaseTags.MAX) @Schema(examples = "[\"database\", \"checkout\"]")
        Set<@NotNull @Text @Size(max = Bounds.TAG) String> tags) {}
