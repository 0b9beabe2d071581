--liquibase formatted sql

--changeset faultmaven:0004-refresh-family-methods
--comment: How the owner of a log-in signed in, which its tokens say (amr) and their roles may depend on.
ALTER TABLE refresh_families ADD COLUMN methods TEXT[] NOT NULL DEFAULT '{password}';
--rollback ALTER TABLE refresh_families DROP COLUMN methods;

--changeset faultmaven:0004-audit-outcome
--comment: Whether what was tried has worked; and the filters of GET /audit/auth-events.
ALTER TABLE auth_audit_log ADD COLUMN outcome TEXT NOT NULL DEFAULT 'success'
    CHECK (outcome IN ('success', 'failure'));
CREATE INDEX idx_auth_audit_actor ON auth_audit_log (actor_id, occurred_at DESC, audit_id DESC);
CREATE INDEX idx_auth_audit_failures ON auth_audit_log (occurred_at DESC, audit_id DESC)
    WHERE outcome = 'failure';
--rollback DROP INDEX idx_auth_audit_failures;
--rollback DROP INDEX idx_auth_audit_actor;
--rollback ALTER TABLE auth_audit_log DROP COLUMN outcome;
