package com.faultmaven.bench;

/** Tables of cases_db that are filled, those that others point to first. */
enum CaseTable {
  CASES(
      "cases",
      "case_id, user_id, status, closure_reason, title, description, problem_verification,"
          + " created_at, updated_at, resolved_at, version"),
  TAGS("case_tags", "case_id, tag"),
  EVIDENCE(
      "evidence",
      "evidence_id, case_id, content, source_type, form, preprocessed_summary,"
          + " classification_dimensions, created_at"),
  HYPOTHESES(
      "hypotheses",
      "hypothesis_id, case_id, description, status, confidence_level, reasoning, evidence_links,"
          + " created_at, updated_at"),
  MESSAGES(
      "case_messages", "message_id, case_id, message_type, role, content, metadata, created_at"),
  TRANSITIONS(
      "case_status_transitions",
      "transition_id, case_id, from_status, to_status, triggered_at, triggered_by, reason");

  private final String table;
  private final String columns;

  CaseTable(String table, String columns) {
    this.table = table;
    this.columns = columns;
  }

  /** Its name in the database. */
  String table() {
    return table;
  }

  /** The statement that takes rows in the order of our columns. */
  String copy() {
    return "COPY " + table + " (" + columns + ") FROM STDIN";
  }
}
