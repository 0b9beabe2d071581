package com.faultmaven.cases.domain.legacy;

/**
 * One line of an import's report: what is wrong with one key.
 *
 * @param position its place in the report, growing
 * @param key the key in Redis
 * @param field path in the case; empty for all of it
 * @param reason what is wrong, in words
 */
public record Refusal(long position, String key, String field, String reason) {}
