--liquibase formatted sql

--changeset faultmaven:cases-recent-evidence
--comment: Evidence by its time, over all cases.
CREATE INDEX idx_evidence_recent ON evidence (created_at DESC);
--rollback DROP INDEX idx_evidence_recent;

--changeset faultmaven:cases-views
--comment: For dashboards and for who looks in by hand. They show what row-level security shows to who asks.
CREATE VIEW case_overview WITH (security_invoker = true) AS
SELECT c.case_id, c.user_id, c.status, c.closure_reason, c.title, c.created_at, c.updated_at, c.resolved_at,
    c.archived_at, c.version,
    (SELECT count(*) FROM evidence e WHERE e.case_id = c.case_id) AS evidence_count,
    (SELECT count(*) FROM hypotheses h WHERE h.case_id = c.case_id) AS hypothesis_count,
    (SELECT count(*) FROM hypotheses h WHERE h.case_id = c.case_id
        AND h.status IN ('exploring', 'testing')) AS active_hypothesis_count,
    (SELECT count(*) FROM solutions s WHERE s.case_id = c.case_id) AS solution_count,
    (SELECT count(*) FROM case_messages m WHERE m.case_id = c.case_id) AS message_count,
    (SELECT max(m.created_at) FROM case_messages m WHERE m.case_id = c.case_id) AS last_message_at,
    (SELECT count(*) FROM uploaded_files f WHERE f.case_id = c.case_id) AS file_count,
    ARRAY(SELECT t.tag FROM case_tags t WHERE t.case_id = c.case_id ORDER BY t.tag) AS tags
FROM cases c;

CREATE VIEW active_hypotheses WITH (security_invoker = true) AS
SELECT h.hypothesis_id, h.case_id, c.user_id, c.title AS case_title, h.description, h.status, h.confidence_level,
    jsonb_array_length(h.evidence_links) AS linked_evidence, h.created_at, h.updated_at
FROM hypotheses h JOIN cases c USING (case_id)
WHERE h.status IN ('exploring', 'testing') AND c.archived_at IS NULL;

CREATE VIEW recent_evidence WITH (security_invoker = true) AS
SELECT e.evidence_id, e.case_id, c.user_id, c.title AS case_title, e.source_type, e.form,
    e.preprocessed_summary, e.created_at
FROM evidence e JOIN cases c USING (case_id)
WHERE e.created_at > now() - INTERVAL '7 days';

GRANT SELECT ON case_overview, active_hypotheses, recent_evidence TO ${service_role};
--rollback DROP VIEW recent_evidence;
--rollback DROP VIEW active_hypotheses;
--rollback DROP VIEW case_overview;
