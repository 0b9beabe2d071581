package com.faultmaven.cases.domain.legacy;

/**
 * Why a case of the previous layout cannot be taken over.
 *
 * @param field path in the case, for example {@code evidence[2].source_type}; empty for all of it
 * @param reason what is wrong, in words; no values of the case
 */
public record Flaw(String field, String reason) {}
