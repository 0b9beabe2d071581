--liquibase formatted sql

--changeset faultmaven:0008-inactive-accounts
--comment: Accounts by the last time that somebody signed in, for the job inactive-accounts.
CREATE INDEX idx_users_last_seen ON users (GREATEST(created_at, last_login_at), user_id)
    WHERE deleted_at IS NULL;
--rollback DROP INDEX idx_users_last_seen;

--changeset faultmaven:0008-expired-tokens
--comment: Tokens by their end, for the job expired-tokens.
CREATE INDEX idx_refresh_families_expiry ON refresh_families (expires_at);
CREATE INDEX idx_refresh_tokens_expiry ON refresh_tokens (expires_at);
--rollback DROP INDEX idx_refresh_tokens_expiry;
--rollback DROP INDEX idx_refresh_families_expiry;

--changeset faultmaven:0008-audit-address
--comment: The audit by address, for GET /audit/auth-events.
CREATE INDEX idx_auth_audit_address ON auth_audit_log (address, occurred_at DESC, audit_id DESC);
--rollback DROP INDEX idx_auth_audit_address;

--changeset faultmaven:0008-data-access-log
--comment: Who has read whose data (decisions, section 7). The service's role may add and read, nothing else.
CREATE TABLE data_access_log (
    access_id   TEXT PRIMARY KEY,
    actor_id    TEXT NOT NULL,
    user_id     TEXT,
    resource    TEXT NOT NULL,
    action      TEXT NOT NULL,
    address     TEXT,
    occurred_at TIMESTAMP WITH TIME ZONE NOT NULL
);
CREATE INDEX idx_data_access_time ON data_access_log (occurred_at DESC, access_id DESC);
CREATE INDEX idx_data_access_actor ON data_access_log (actor_id, occurred_at DESC, access_id DESC);
CREATE INDEX idx_data_access_user ON data_access_log (user_id, occurred_at DESC, access_id DESC);
GRANT SELECT, INSERT ON data_access_log TO ${service_role};
--rollback DROP TABLE data_access_log;

--changeset faultmaven:0008-retention-passes
--comment: Holds the number of a transaction while a function below deletes in it. Nobody else may write here.
CREATE TABLE retention_passes (
    transaction_id XID8 PRIMARY KEY
);
--rollback DROP TABLE retention_passes;

--changeset faultmaven:0008-logs-append-only splitStatements:false
--comment: The wall around both logs: no role changes a row, and none removes one but through the functions below.
CREATE FUNCTION refuse_log_change() RETURNS TRIGGER LANGUAGE plpgsql
SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF TG_OP = 'DELETE' AND EXISTS (
        SELECT FROM public.retention_passes WHERE transaction_id = pg_current_xact_id()) THEN
        RETURN NULL;
    END IF;
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END
$$;
REVOKE ALL ON FUNCTION refuse_log_change() FROM PUBLIC;
DROP TRIGGER auth_audit_log_append_only ON auth_audit_log;
CREATE TRIGGER auth_audit_log_append_only
    BEFORE UPDATE OR DELETE OR TRUNCATE ON auth_audit_log
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_log_change();
CREATE TRIGGER data_access_log_append_only
    BEFORE UPDATE OR DELETE OR TRUNCATE ON data_access_log
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_log_change();
--rollback DROP TRIGGER data_access_log_append_only ON data_access_log;
--rollback DROP TRIGGER auth_audit_log_append_only ON auth_audit_log;
--rollback CREATE TRIGGER auth_audit_log_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON auth_audit_log FOR EACH STATEMENT EXECUTE FUNCTION refuse_audit_change();
--rollback DROP FUNCTION refuse_log_change();

--changeset faultmaven:0008-forget-auth-audit splitStatements:false
--comment: The one way to remove old rows. It runs as the owner, removes nothing younger than 90 days, so that a service in wrong hands cannot wipe its traces, and at most 10000 rows.
CREATE FUNCTION forget_auth_audit(older_than TIMESTAMP WITH TIME ZONE, most INTEGER)
RETURNS INTEGER LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    forgotten INTEGER;
BEGIN
    IF older_than IS NULL OR older_than > now() - INTERVAL '90 days' THEN
        RAISE EXCEPTION 'rows younger than 90 days stay' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF most IS NULL OR most NOT BETWEEN 1 AND 10000 THEN
        RAISE EXCEPTION 'from 1 to 10000 rows at once' USING ERRCODE = 'invalid_parameter_value';
    END IF;
    INSERT INTO public.retention_passes (transaction_id) VALUES (pg_current_xact_id());
    DELETE FROM public.auth_audit_log WHERE audit_id = ANY (ARRAY(
        SELECT audit_id FROM public.auth_audit_log
        WHERE occurred_at < older_than ORDER BY occurred_at, audit_id LIMIT most));
    GET DIAGNOSTICS forgotten = ROW_COUNT;
    DELETE FROM public.retention_passes WHERE transaction_id = pg_current_xact_id();
    RETURN forgotten;
END
$$;
REVOKE ALL ON FUNCTION forget_auth_audit(TIMESTAMP WITH TIME ZONE, INTEGER) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION forget_auth_audit(TIMESTAMP WITH TIME ZONE, INTEGER) TO ${service_role};
--rollback DROP FUNCTION forget_auth_audit(TIMESTAMP WITH TIME ZONE, INTEGER);

--changeset faultmaven:0008-forget-data-access splitStatements:false
--comment: The same for the other log.
CREATE FUNCTION forget_data_access(older_than TIMESTAMP WITH TIME ZONE, most INTEGER)
RETURNS INTEGER LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    forgotten INTEGER;
BEGIN
    IF older_than IS NULL OR older_than > now() - INTERVAL '90 days' THEN
        RAISE EXCEPTION 'rows younger than 90 days stay' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF most IS NULL OR most NOT BETWEEN 1 AND 10000 THEN
        RAISE EXCEPTION 'from 1 to 10000 rows at once' USING ERRCODE = 'invalid_parameter_value';
    END IF;
    INSERT INTO public.retention_passes (transaction_id) VALUES (pg_current_xact_id());
    DELETE FROM public.data_access_log WHERE access_id = ANY (ARRAY(
        SELECT access_id FROM public.data_access_log
        WHERE occurred_at < older_than ORDER BY occurred_at, access_id LIMIT most));
    GET DIAGNOSTICS forgotten = ROW_COUNT;
    DELETE FROM public.retention_passes WHERE transaction_id = pg_current_xact_id();
    RETURN forgotten;
END
$$;
REVOKE ALL ON FUNCTION forget_data_access(TIMESTAMP WITH TIME ZONE, INTEGER) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION forget_data_access(TIMESTAMP WITH TIME ZONE, INTEGER) TO ${service_role};
--rollback DROP FUNCTION forget_data_access(TIMESTAMP WITH TIME ZONE, INTEGER);
