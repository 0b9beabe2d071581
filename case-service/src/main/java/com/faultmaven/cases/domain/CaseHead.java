package com.faultmaven.cases.domain;

import com.faultmaven.common.model.cases.CaseStatus;

/**
 * What must be known of a case before it is changed, or a copy or rows of it are given out.
 *
 * @param caseId id of the case
 * @param userId its owner
 * @param status its status
 * @param version version of its own row
 * @param archived whether its rows are in the archive
 * @param epoch within which copies count, see {@link CaseCache}
 */
public record CaseHead(
    String caseId, String userId, CaseStatus status, long version, boolean archived, long epoch) {}
