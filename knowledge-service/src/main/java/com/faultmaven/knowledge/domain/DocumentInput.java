package com.faultmaven.knowledge.domain;

import com.faultmaven.common.model.knowledge.DocumentMetadata;
import org.jspecify.annotations.Nullable;

/**
 * A document as somebody sends it, unchecked.
 *
 * @param documentId its id; null for a new one of ours
 * @param title its title; null for its first heading or line
 * @param content its text
 * @param documentType its kind; null for a runbook
 * @param metadata what else is known
 */
public record DocumentInput(
    @Nullable String documentId,
    @Nullable String title,
    @Nullable String content,
    @Nullable String documentType,
    @Nullable DocumentMetadata metadata) {}
