package com.faultmaven.artifact.domain;

import com.faultmaven.common.model.Checks;
import com.faultmaven.common.model.cases.CaseStatus;

/**
 * What this service knows of a case.
 *
 * @param caseId id
 * @param userId owner
 * @param status where the case is in its life
 */
public record CaseOwnership(String caseId, String userId, CaseStatus status) {
  public CaseOwnership {
    Checks.text(caseId, "case_id");
    Checks.text(userId, "user_id");
  }
}
