package com.faultmaven.knowledge.domain;

import com.faultmaven.common.model.knowledge.DocumentMetadata;
import java.util.Map;

/**
 * A document as it is kept: checked and redacted.
 *
 * @param documentId id within its knowledge base
 * @param title title
 * @param content full text
 * @param documentType what kind
 * @param metadata what else is known
 * @param sizeBytes bytes of the text in UTF-8
 * @param redactions what was taken out, by kind
 */
public record DocumentDraft(
    String documentId,
    String title,
    String content,
    String documentType,
    DocumentMetadata metadata,
    long sizeBytes,
    Map<String, Integer> redactions) {}
