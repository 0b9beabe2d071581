--liquibase formatted sql

--changeset faultmaven:cases-archived-objects
--comment: Objects that hold archived cases. An object stays until its case is gone for good, also when the case has been restored from it.
CREATE TABLE archived_objects (
    case_id     TEXT COLLATE "C" PRIMARY KEY,
    s3_key      TEXT NOT NULL,
    size_bytes  BIGINT NOT NULL,
    archived_at TIMESTAMP WITH TIME ZONE NOT NULL,
    gone_at     TIMESTAMP WITH TIME ZONE
);
CREATE INDEX idx_archived_objects_gone ON archived_objects (gone_at) WHERE gone_at IS NOT NULL;
GRANT SELECT, INSERT, UPDATE, DELETE ON archived_objects TO ${service_role};
--rollback DROP TABLE archived_objects;

--changeset faultmaven:cases-ended
--comment: Ended cases by their end, for archive and retention.
CREATE INDEX idx_cases_to_archive ON cases (status, (coalesce(resolved_at, updated_at)), case_id)
    WHERE status IN ('resolved', 'closed') AND archived_at IS NULL;
CREATE INDEX idx_cases_ended ON cases ((coalesce(resolved_at, updated_at)), case_id)
    WHERE status IN ('resolved', 'closed');
--rollback DROP INDEX idx_cases_ended;
--rollback DROP INDEX idx_cases_to_archive;

--changeset faultmaven:cases-archive-functions splitStatements:false rollbackSplitStatements:false
--comment: The archive is the third way for audit rows to go, beside erasure and retention; they come back as they were.
CREATE OR REPLACE FUNCTION refuse_change_of_audit_rows() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path = public, pg_temp
AS $$
BEGIN
    -- The cascade comes here when the case itself is gone already.
    IF TG_OP = 'DELETE' AND TG_LEVEL = 'ROW' THEN
        IF current_setting('faultmaven.archiving', true) = OLD.case_id
            OR NOT EXISTS (SELECT FROM cases WHERE case_id = OLD.case_id) THEN
            RETURN OLD;
        END IF;
    END IF;
    RAISE EXCEPTION 'rows of % stay as they were written', TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation';
END $$;

CREATE OR REPLACE FUNCTION erase_cases(ids TEXT[]) RETURNS BIGINT
    LANGUAGE sql
    SECURITY DEFINER
    SET search_path = public, pg_temp
AS $$
    WITH erased AS (DELETE FROM cases WHERE case_id = ANY (ids) RETURNING case_id),
    objects AS (UPDATE archived_objects SET gone_at = now() WHERE case_id = ANY (ids))
    SELECT count(*) FROM erased
$$;

CREATE FUNCTION empty_archived_case(id TEXT, at TIMESTAMP WITH TIME ZONE) RETURNS BOOLEAN
    LANGUAGE plpgsql
    SECURITY DEFINER
    SET search_path = public, pg_temp
AS $$
BEGIN
    UPDATE cases SET archived_at = at, version = version + 1
    WHERE case_id = id AND status IN ('resolved', 'closed') AND archived_at IS NULL
        AND EXISTS (SELECT FROM archived_objects WHERE archived_objects.case_id = id AND gone_at IS NULL);
    IF NOT FOUND THEN
        RETURN false;
    END IF;
    PERFORM set_config('faultmaven.archiving', id, true);
    DELETE FROM solutions WHERE case_id = id;
    DELETE FROM hypotheses WHERE case_id = id;
    DELETE FROM evidence WHERE case_id = id;
    DELETE FROM case_messages WHERE case_id = id;
    DELETE FROM uploaded_files WHERE case_id = id;
    DELETE FROM case_status_transitions WHERE case_id = id;
    DELETE FROM agent_tool_calls WHERE case_id = id;
    PERFORM set_config('faultmaven.archiving', '', true);
    RETURN true;
END $$;
REVOKE EXECUTE ON FUNCTION empty_archived_case(TEXT, TIMESTAMP WITH TIME ZONE) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION empty_archived_case(TEXT, TIMESTAMP WITH TIME ZONE) TO ${service_role};
--rollback DROP FUNCTION empty_archived_case(TEXT, TIMESTAMP WITH TIME ZONE);
--rollback CREATE OR REPLACE FUNCTION erase_cases(ids TEXT[]) RETURNS BIGINT LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$ WITH erased AS (DELETE FROM cases WHERE case_id = ANY (ids) RETURNING case_id) SELECT count(*) FROM erased $$;
--rollback CREATE OR REPLACE FUNCTION refuse_change_of_audit_rows() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$ BEGIN IF TG_OP = 'DELETE' AND TG_LEVEL = 'ROW' THEN IF NOT EXISTS (SELECT FROM cases WHERE case_id = OLD.case_id) THEN RETURN OLD; END IF; END IF; RAISE EXCEPTION 'rows of % stay as they were written', TG_TABLE_NAME USING ERRCODE = 'restrict_violation'; END $$;
