--liquibase formatted sql

--changeset faultmaven:0011-erasures
--comment: Erasures of users' data (decisions, section 9): one for each user, kept without anything but the id.
CREATE TABLE erasures (
    erasure_id     TEXT PRIMARY KEY,
    user_id        TEXT NOT NULL,
    reason         TEXT NOT NULL CHECK (reason IN ('requested', 'retention')),
    requested_by   TEXT,
    requested_at   TIMESTAMP WITH TIME ZONE NOT NULL,
    published_at   TIMESTAMP WITH TIME ZONE NOT NULL,
    publications   INTEGER NOT NULL DEFAULT 1 CHECK (publications > 0),
    completed_at   TIMESTAMP WITH TIME ZONE,
    CONSTRAINT idx_erasures_user UNIQUE (user_id)
);
CREATE INDEX idx_erasures_running ON erasures (published_at) WHERE completed_at IS NULL;
GRANT SELECT, INSERT, UPDATE ON erasures TO ${service_role};
--rollback DROP TABLE erasures;

--changeset faultmaven:0011-erasure-answers
--comment: What each service has said to an erasure; a row without a time waits for its answer.
CREATE TABLE erasure_answers (
    erasure_id TEXT NOT NULL REFERENCES erasures (erasure_id) ON DELETE CASCADE,
    service    TEXT NOT NULL,
    erased     JSONB,
    erased_at  TIMESTAMP WITH TIME ZONE,
    PRIMARY KEY (erasure_id, service)
);
GRANT SELECT, INSERT, UPDATE ON erasure_answers TO ${service_role};
--rollback DROP TABLE erasure_answers;

--changeset faultmaven:0011-exports
--comment: Exports of users' data: the permission to fetch one, for a while. The data are read when it is fetched.
CREATE TABLE exports (
    export_id    TEXT PRIMARY KEY,
    user_id      TEXT NOT NULL REFERENCES users (user_id) ON DELETE CASCADE,
    requested_by TEXT NOT NULL,
    requested_at TIMESTAMP WITH TIME ZONE NOT NULL,
    expires_at   TIMESTAMP WITH TIME ZONE NOT NULL
);
CREATE INDEX idx_exports_user ON exports (user_id, expires_at);
CREATE INDEX idx_exports_expiry ON exports (expires_at);
GRANT SELECT, INSERT, UPDATE, DELETE ON exports TO ${service_role};
--rollback DROP TABLE exports;

--changeset faultmaven:0011-deleted-accounts
--comment: Deleted accounts by their deletion, for the job user-erasure.
CREATE INDEX idx_users_deleted ON users (deleted_at, user_id) WHERE deleted_at IS NOT NULL;
--rollback DROP INDEX idx_users_deleted;

--changeset faultmaven:0011-audit-erasure splitStatements:false rollbackSplitStatements:false
--comment: An erased user's rows in both logs lose what tells where somebody was and with what. That something happened, and to which id, stays until retention.
CREATE OR REPLACE FUNCTION refuse_log_change() RETURNS TRIGGER LANGUAGE plpgsql
SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF TG_OP IN ('DELETE', 'UPDATE') AND EXISTS (
        SELECT FROM public.retention_passes WHERE transaction_id = pg_current_xact_id()) THEN
        RETURN NULL;
    END IF;
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END
$$;
CREATE FUNCTION erase_log_traces(erased_user TEXT)
RETURNS INTEGER LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    events INTEGER;
    accesses INTEGER;
BEGIN
    -- Not a way for somebody who is still there to wipe their traces.
    IF erased_user IS NULL OR EXISTS (SELECT FROM public.users WHERE user_id = erased_user) THEN
        RAISE EXCEPTION 'the account is still there' USING ERRCODE = 'insufficient_privilege';
    END IF;
    INSERT INTO public.retention_passes (transaction_id) VALUES (pg_current_xact_id());
    UPDATE public.auth_audit_log SET address = NULL, user_agent = NULL
    WHERE user_id = erased_user AND (actor_id IS NULL OR actor_id = erased_user)
        AND (address IS NOT NULL OR user_agent IS NOT NULL);
    GET DIAGNOSTICS events = ROW_COUNT;
    UPDATE public.auth_audit_log SET address = NULL, user_agent = NULL
    WHERE actor_id = erased_user AND (address IS NOT NULL OR user_agent IS NOT NULL);
    UPDATE public.data_access_log SET address = NULL
    WHERE actor_id = erased_user AND address IS NOT NULL;
    GET DIAGNOSTICS accesses = ROW_COUNT;
    DELETE FROM public.retention_passes WHERE transaction_id = pg_current_xact_id();
    RETURN events + accesses;
END
$$;
REVOKE ALL ON FUNCTION erase_log_traces(TEXT) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION erase_log_traces(TEXT) TO ${service_role};
--rollback DROP FUNCTION erase_log_traces(TEXT);
--rollback CREATE OR REPLACE FUNCTION refuse_log_change() RETURNS TRIGGER LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$ BEGIN IF TG_OP = 'DELETE' AND EXISTS (SELECT FROM public.retention_passes WHERE transaction_id = pg_current_xact_id()) THEN RETURN NULL; END IF; RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege'; END $$;
