--liquibase formatted sql

--changeset faultmaven:cases-log-line splitStatements:false
--comment: A row as its line in the archive: every column, times in UTC to the microsecond.
CREATE FUNCTION log_line(access data_access_log) RETURNS TEXT LANGUAGE sql STABLE
SET search_path = pg_catalog, pg_temp AS $$
    SELECT (to_jsonb(access) || jsonb_build_object('accessed_at',
        to_char(access.accessed_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')))::TEXT
$$;
--rollback DROP FUNCTION log_line(data_access_log);

--changeset faultmaven:cases-read-access-log splitStatements:false
--comment: The oldest rows, for the functions of the archive alone.
CREATE FUNCTION read_data_access_log(before TIMESTAMP WITH TIME ZONE, most INTEGER)
RETURNS TABLE (id TEXT, at TIMESTAMP WITH TIME ZONE, line TEXT, users TEXT[])
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT access_id, accessed_at, public.log_line(l), ARRAY[owner_id, actor_id]
    FROM public.data_access_log l WHERE accessed_at < before ORDER BY accessed_at, access_id LIMIT most
$$;
REVOKE ALL ON FUNCTION read_data_access_log(TIMESTAMP WITH TIME ZONE, INTEGER) FROM PUBLIC;
--rollback DROP FUNCTION read_data_access_log(TIMESTAMP WITH TIME ZONE, INTEGER);

--changeset faultmaven:cases-take-access-log splitStatements:false
--comment: Removes rows and gives them as they were, for the functions of the archive alone.
CREATE FUNCTION take_data_access_log(ids TEXT[])
RETURNS TABLE (id TEXT, at TIMESTAMP WITH TIME ZONE, line TEXT, users TEXT[])
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM set_config('faultmaven.expiring', 'on', true);
    RETURN QUERY DELETE FROM public.data_access_log l WHERE access_id = ANY (ids)
        RETURNING access_id, accessed_at, public.log_line(l), ARRAY[owner_id, actor_id];
    PERFORM set_config('faultmaven.expiring', 'off', true);
END
$$;
REVOKE ALL ON FUNCTION take_data_access_log(TEXT[]) FROM PUBLIC;
--rollback DROP FUNCTION take_data_access_log(TEXT[]);

--changeset faultmaven:cases-access-log-has-a-floor splitStatements:false rollbackSplitStatements:false
--comment: Nothing ever called it, and it would have removed rows of today: forget_log_rows takes its place, with the wall of 90 days.
DROP FUNCTION expire_data_access_log(TIMESTAMP WITH TIME ZONE);
--rollback DO $$ BEGIN IF EXISTS (SELECT FROM archived_logs) THEN RAISE EXCEPTION 'rows of logs are in the bucket, and nothing would tell where'; END IF; END $$;
--rollback CREATE FUNCTION expire_data_access_log(before TIMESTAMP WITH TIME ZONE) RETURNS BIGINT LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$ DECLARE expired BIGINT; BEGIN PERFORM set_config('faultmaven.expiring', 'on', true); DELETE FROM data_access_log WHERE accessed_at < before; GET DIAGNOSTICS expired = ROW_COUNT; PERFORM set_config('faultmaven.expiring', 'off', true); RETURN expired; END $$;
--rollback REVOKE EXECUTE ON FUNCTION expire_data_access_log(TIMESTAMP WITH TIME ZONE) FROM PUBLIC;
--rollback GRANT EXECUTE ON FUNCTION expire_data_access_log(TIMESTAMP WITH TIME ZONE) TO ${service_role};
