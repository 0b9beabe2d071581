package com.faultmaven.knowledge.domain;

import org.jspecify.annotations.Nullable;

/**
 * Which documents are asked for; null means any.
 *
 * @param documentType their kind
 * @param tag a label that they have
 * @param category where they are filed
 */
public record DocumentFilter(
    @Nullable String documentType, @Nullable String tag, @Nullable String category) {}
