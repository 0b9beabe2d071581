--liquibase formatted sql

--changeset faultmaven:0014-log-lines splitStatements:false
--comment: A row as its line in the archive: every column, times in UTC to the microsecond.
CREATE FUNCTION log_line(event auth_audit_log) RETURNS TEXT LANGUAGE sql STABLE
SET search_path = pg_catalog, pg_temp AS $$
    SELECT (to_jsonb(event) || jsonb_build_object('occurred_at',
        to_char(event.occurred_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')))::TEXT
$$;
CREATE FUNCTION log_line(access data_access_log) RETURNS TEXT LANGUAGE sql STABLE
SET search_path = pg_catalog, pg_temp AS $$
    SELECT (to_jsonb(access) || jsonb_build_object('occurred_at',
        to_char(access.occurred_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')))::TEXT
$$;
--rollback DROP FUNCTION log_line(data_access_log);
--rollback DROP FUNCTION log_line(auth_audit_log);

--changeset faultmaven:0014-read-logs splitStatements:false
--comment: The oldest rows of both logs, for the functions of the archive alone.
CREATE FUNCTION read_auth_audit_log(before TIMESTAMP WITH TIME ZONE, most INTEGER)
RETURNS TABLE (id TEXT, at TIMESTAMP WITH TIME ZONE, line TEXT, users TEXT[])
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT audit_id, occurred_at, public.log_line(l), ARRAY[user_id, actor_id]
    FROM public.auth_audit_log l WHERE occurred_at < before ORDER BY occurred_at, audit_id LIMIT most
$$;
REVOKE ALL ON FUNCTION read_auth_audit_log(TIMESTAMP WITH TIME ZONE, INTEGER) FROM PUBLIC;
CREATE FUNCTION read_data_access_log(before TIMESTAMP WITH TIME ZONE, most INTEGER)
RETURNS TABLE (id TEXT, at TIMESTAMP WITH TIME ZONE, line TEXT, users TEXT[])
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT access_id, occurred_at, public.log_line(l), ARRAY[user_id, actor_id]
    FROM public.data_access_log l WHERE occurred_at < before ORDER BY occurred_at, access_id LIMIT most
$$;
REVOKE ALL ON FUNCTION read_data_access_log(TIMESTAMP WITH TIME ZONE, INTEGER) FROM PUBLIC;
--rollback DROP FUNCTION read_data_access_log(TIMESTAMP WITH TIME ZONE, INTEGER);
--rollback DROP FUNCTION read_auth_audit_log(TIMESTAMP WITH TIME ZONE, INTEGER);

--changeset faultmaven:0014-take-logs splitStatements:false
--comment: Removes rows of both logs and gives them as they were, for the functions of the archive alone. The former release still calls forget_auth_audit and forget_data_access; the next one may drop them.
CREATE FUNCTION take_auth_audit_log(ids TEXT[])
RETURNS TABLE (id TEXT, at TIMESTAMP WITH TIME ZONE, line TEXT, users TEXT[])
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    INSERT INTO public.retention_passes (transaction_id) VALUES (pg_current_xact_id());
    RETURN QUERY DELETE FROM public.auth_audit_log l WHERE audit_id = ANY (ids)
        RETURNING audit_id, occurred_at, public.log_line(l), ARRAY[user_id, actor_id];
    DELETE FROM public.retention_passes WHERE transaction_id = pg_current_xact_id();
END
$$;
REVOKE ALL ON FUNCTION take_auth_audit_log(TEXT[]) FROM PUBLIC;
CREATE FUNCTION take_data_access_log(ids TEXT[])
RETURNS TABLE (id TEXT, at TIMESTAMP WITH TIME ZONE, line TEXT, users TEXT[])
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    INSERT INTO public.retention_passes (transaction_id) VALUES (pg_current_xact_id());
    RETURN QUERY DELETE FROM public.data_access_log l WHERE access_id = ANY (ids)
        RETURNING access_id, occurred_at, public.log_line(l), ARRAY[user_id, actor_id];
    DELETE FROM public.retention_passes WHERE transaction_id = pg_current_xact_id();
END
$$;
REVOKE ALL ON FUNCTION take_data_access_log(TEXT[]) FROM PUBLIC;
--rollback DROP FUNCTION take_data_access_log(TEXT[]);
--rollback DROP FUNCTION take_auth_audit_log(TEXT[]);

--changeset faultmaven:0014-erase-archived-traces splitStatements:false rollbackSplitStatements:false
--comment: An erasure marks the objects with rows of the user, too; whoever reads one leaves their traces out from then on.
CREATE OR REPLACE FUNCTION erase_log_traces(erased_user TEXT)
RETURNS INTEGER LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    events INTEGER;
    accesses INTEGER;
BEGIN
    -- Not a way for somebody who is still there to wipe their traces.
    IF erased_user IS NULL OR EXISTS (SELECT FROM public.users WHERE user_id = erased_user) THEN
        RAISE EXCEPTION 'the account is still there' USING ERRCODE = 'insufficient_privilege';
    END IF;
    -- No row is on its way into an object, and no object into another's place, while this goes on.
    LOCK TABLE public.archived_logs IN SHARE ROW EXCLUSIVE MODE;
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
    UPDATE public.archived_logs SET to_erase = array_append(to_erase, erased_user)
    WHERE user_ids @> ARRAY[erased_user] AND stored_at IS NOT NULL AND gone_at IS NULL
        AND NOT to_erase @> ARRAY[erased_user];
    DELETE FROM public.retention_passes WHERE transaction_id = pg_current_xact_id();
    RETURN events + accesses;
END
$$;
--rollback DO $$ BEGIN IF EXISTS (SELECT FROM archived_logs) THEN RAISE EXCEPTION 'rows of logs are in the bucket, and nothing would tell where'; END IF; END $$;
--rollback CREATE OR REPLACE FUNCTION erase_log_traces(erased_user TEXT) RETURNS INTEGER LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$ DECLARE events INTEGER; accesses INTEGER; BEGIN IF erased_user IS NULL OR EXISTS (SELECT FROM public.users WHERE user_id = erased_user) THEN RAISE EXCEPTION 'the account is still there' USING ERRCODE = 'insufficient_privilege'; END IF; INSERT INTO public.retention_passes (transaction_id) VALUES (pg_current_xact_id()); UPDATE public.auth_audit_log SET address = NULL, user_agent = NULL WHERE user_id = erased_user AND (actor_id IS NULL OR actor_id = erased_user) AND (address IS NOT NULL OR user_agent IS NOT NULL); GET DIAGNOSTICS events = ROW_COUNT; UPDATE public.auth_audit_log SET address = NULL, user_agent = NULL WHERE actor_id = erased_user AND (address IS NOT NULL OR user_agent IS NOT NULL); UPDATE public.data_access_log SET address = NULL WHERE actor_id = erased_user AND address IS NOT NULL; GET DIAGNOSTICS accesses = ROW_COUNT; DELETE FROM public.retention_passes WHERE transaction_id = pg_current_xact_id(); RETURN events + accesses; END $$;
