package com.faultmaven.cases.domain;

/**
 * What must be known of a case before a copy of it may be given out.
 *
 * @param userId its owner
 * @param version version of its own row
 * @param archived whether its rows are in the archive
 * @param epoch within which copies count, see {@link CaseCache}
 */
public record CaseHead(String userId, long version, boolean archived, long epoch) {}
