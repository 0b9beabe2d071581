--liquibase formatted sql

-- What is audited stays as it was written (specification 8.3; decisions, section 3). Two walls: the
-- service's role has no grant for the change, and a trigger refuses it to everybody, the owner of the
-- tables included.

--changeset faultmaven:cases-data-access-log
--comment: Who saw whose data (decisions, section 7). It outlives the case that it tells of.
CREATE TABLE data_access_log (
    access_id   TEXT COLLATE "C" PRIMARY KEY,
    accessed_at TIMESTAMP WITH TIME ZONE NOT NULL,
    actor_id    TEXT COLLATE "C" NOT NULL,
    actor_role  TEXT NOT NULL,
    owner_id    TEXT COLLATE "C",
    case_id     TEXT COLLATE "C",
    resource    TEXT NOT NULL
);
CREATE INDEX idx_data_access_time ON data_access_log (accessed_at DESC, access_id DESC);
CREATE INDEX idx_data_access_owner ON data_access_log (owner_id, accessed_at DESC);
CREATE INDEX idx_data_access_actor ON data_access_log (actor_id, accessed_at DESC);
GRANT SELECT, INSERT ON data_access_log TO ${service_role};
--rollback DROP TABLE data_access_log;

--changeset faultmaven:cases-audit-rows-stay splitStatements:false rollbackSplitStatements:false
--comment: Rows of a case go with the case and in no other way.
CREATE FUNCTION refuse_change_of_audit_rows() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path = public, pg_temp
AS $$
BEGIN
    -- The cascade comes here when the case itself is gone already.
    IF TG_OP = 'DELETE' AND TG_LEVEL = 'ROW' THEN
        IF NOT EXISTS (SELECT FROM cases WHERE case_id = OLD.case_id) THEN
            RETURN OLD;
        END IF;
    END IF;
    RAISE EXCEPTION 'rows of % stay as they were written', TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation';
END $$;

CREATE TRIGGER transitions_stay BEFORE UPDATE OR DELETE ON case_status_transitions
    FOR EACH ROW EXECUTE FUNCTION refuse_change_of_audit_rows();
CREATE TRIGGER transitions_are_not_truncated BEFORE TRUNCATE ON case_status_transitions
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_audit_rows();
CREATE TRIGGER finished_calls_stay BEFORE UPDATE ON agent_tool_calls
    FOR EACH ROW WHEN (OLD.status <> 'pending') EXECUTE FUNCTION refuse_change_of_audit_rows();
CREATE TRIGGER calls_are_not_deleted BEFORE DELETE ON agent_tool_calls
    FOR EACH ROW EXECUTE FUNCTION refuse_change_of_audit_rows();
CREATE TRIGGER calls_are_not_truncated BEFORE TRUNCATE ON agent_tool_calls
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_audit_rows();
--rollback DROP TRIGGER calls_are_not_truncated ON agent_tool_calls;
--rollback DROP TRIGGER calls_are_not_deleted ON agent_tool_calls;
--rollback DROP TRIGGER finished_calls_stay ON agent_tool_calls;
--rollback DROP TRIGGER transitions_are_not_truncated ON case_status_transitions;
--rollback DROP TRIGGER transitions_stay ON case_status_transitions;
--rollback DROP FUNCTION refuse_change_of_audit_rows();

--changeset faultmaven:cases-access-log-stays splitStatements:false rollbackSplitStatements:false
--comment: The access log is cut at its old end by expire_data_access_log and in no other way.
CREATE FUNCTION refuse_change_of_access_log() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path = public, pg_temp
AS $$
BEGIN
    IF TG_OP = 'DELETE' AND current_setting('faultmaven.expiring', true) = 'on' THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION 'rows of % stay as they were written', TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation';
END $$;

CREATE TRIGGER accesses_stay BEFORE UPDATE OR DELETE ON data_access_log
    FOR EACH ROW EXECUTE FUNCTION refuse_change_of_access_log();
CREATE TRIGGER accesses_are_not_truncated BEFORE TRUNCATE ON data_access_log
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_access_log();
--rollback DROP TRIGGER accesses_are_not_truncated ON data_access_log;
--rollback DROP TRIGGER accesses_stay ON data_access_log;
--rollback DROP FUNCTION refuse_change_of_access_log();

--changeset faultmaven:cases-erasure splitStatements:false rollbackSplitStatements:false
--comment: Erasure and retention run with the rights of the tables' owner, and do nothing else.
CREATE FUNCTION erase_cases(ids TEXT[]) RETURNS BIGINT
    LANGUAGE sql
    SECURITY DEFINER
    SET search_path = public, pg_temp
AS $$
    WITH erased AS (DELETE FROM cases WHERE case_id = ANY (ids) RETURNING case_id)
    SELECT count(*) FROM erased
$$;

CREATE FUNCTION expire_data_access_log(before TIMESTAMP WITH TIME ZONE) RETURNS BIGINT
    LANGUAGE plpgsql
    SECURITY DEFINER
    SET search_path = public, pg_temp
AS $$
DECLARE
    expired BIGINT;
BEGIN
    PERFORM set_config('faultmaven.expiring', 'on', true);
    DELETE FROM data_access_log WHERE accessed_at < before;
    GET DIAGNOSTICS expired = ROW_COUNT;
    PERFORM set_config('faultmaven.expiring', 'off', true);
    RETURN expired;
END $$;

REVOKE EXECUTE ON FUNCTION erase_cases(TEXT[]) FROM PUBLIC;
REVOKE EXECUTE ON FUNCTION expire_data_access_log(TIMESTAMP WITH TIME ZONE) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION erase_cases(TEXT[]) TO ${service_role};
GRANT EXECUTE ON FUNCTION expire_data_access_log(TIMESTAMP WITH TIME ZONE) TO ${service_role};
--rollback DROP FUNCTION expire_data_access_log(TIMESTAMP WITH TIME ZONE);
--rollback DROP FUNCTION erase_cases(TEXT[]);
