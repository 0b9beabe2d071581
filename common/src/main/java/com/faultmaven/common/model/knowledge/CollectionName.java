package com.faultmaven.common.model.knowledge;

import com.faultmaven.common.model.Checks;

/** Names of the three kinds of collections, which are never mixed (decisions, section 5). */
public final class CollectionName {
  /** The collection that admins write and all read. */
  public static final String GLOBAL = "global_kb";

  private CollectionName() {}

  /** A user's own knowledge base: {@code user_kb_{user_id}} (specification 5.1). */
  public static String ofUser(String userId) {
    return "user_kb_" + Checks.text(userId, "user_id");
  }

  /** A case's evidence: {@code case_{case_id}} (specification 4.3). */
  public static String ofCase(String caseId) {
    return "case_" + Checks.text(caseId, "case_id");
  }
}
