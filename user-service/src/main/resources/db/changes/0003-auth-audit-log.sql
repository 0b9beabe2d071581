--liquibase formatted sql

--changeset faultmaven:0003-auth-audit-log
--comment: Authentication events (specification 8.3). The service's role may add and read, nothing else.
CREATE TABLE auth_audit_log (
    audit_id    TEXT PRIMARY KEY,
    event_type  TEXT NOT NULL,
    user_id     TEXT,
    actor_id    TEXT,
    address     TEXT,
    user_agent  TEXT,
    detail      TEXT,
    occurred_at TIMESTAMP WITH TIME ZONE NOT NULL
);
CREATE INDEX idx_auth_audit_time ON auth_audit_log (occurred_at DESC, audit_id DESC);
CREATE INDEX idx_auth_audit_user ON auth_audit_log (user_id, occurred_at DESC, audit_id DESC);
CREATE INDEX idx_auth_audit_type ON auth_audit_log (event_type, occurred_at DESC, audit_id DESC);
GRANT SELECT, INSERT ON auth_audit_log TO ${service_role};
--rollback DROP TABLE auth_audit_log;

--changeset faultmaven:0003-auth-audit-log-append-only splitStatements:false
--comment: The second wall: rows cannot be changed or removed by any role, the owner's included.
CREATE FUNCTION refuse_audit_change() RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'auth_audit_log is append-only' USING ERRCODE = 'insufficient_privilege';
END
$$;
CREATE TRIGGER auth_audit_log_append_only
    BEFORE UPDATE OR DELETE OR TRUNCATE ON auth_audit_log
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_audit_change();
--rollback DROP TRIGGER auth_audit_log_append_only ON auth_audit_log;
--rollback DROP FUNCTION refuse_audit_change();
