package com.faultmaven.knowledge.domain;

import com.faultmaven.common.model.knowledge.DocumentMetadata;

/**
 * A document that this process has taken on to index or to remove.
 *
 * @param collection its collection
 * @param documentId its id
 * @param claim proof that it is still ours
 * @param removal whether it is to be removed
 * @param title title
 * @param content full text
 * @param documentType kind
 * @param metadata what else is known
 * @param revision which revision of it
 * @param chunksWritten chunk numbers below this one may be in the index
 * @param attempts how often it was taken on, this time included
 */
public record IndexTask(
    String collection,
    String documentId,
    String claim,
    boolean removal,
    String title,
    String content,
    String documentType,
    DocumentMetadata metadata,
    long revision,
    int chunksWritten,
    int attempts) {}
