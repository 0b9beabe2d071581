package com.faultmaven.knowledge.domain;

import java.util.Map;

/**
 * How much a knowledge base holds.
 *
 * @param documents documents
 * @param chunks chunks that can be found
 * @param bytes bytes of text in UTF-8
 * @param byStatus documents by their status
 */
public record KnowledgeStats(long documents, long chunks, long bytes, Map<String, Long> byStatus) {}
