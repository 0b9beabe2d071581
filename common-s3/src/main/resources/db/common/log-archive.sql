--liquibase formatted sql

-- Append-only logs whose old rows go to the bucket (specification 7.1). A service that has one gives two
-- functions for it, which its role may not call: read_LOG(before, most) gives its oldest rows as
-- (id, at, line, users), take_LOG(ids) removes these and gives them as they were at that moment.
-- Nothing here removes a row that is younger than 90 days by this server's clock, whatever is asked for: a
-- service in wrong hands wipes no fresh traces. What is older it may forget, at once or object by object.

--changeset faultmaven:shared-archived-logs
--comment: Notes of objects with rows of a log, each of one day. Written before the object is: what nobody came back for is found and removed.
CREATE TABLE archived_logs (
    s3_key     TEXT COLLATE "C" PRIMARY KEY,
    log        TEXT NOT NULL,
    noted_at   TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT now(),
    stored_at  TIMESTAMP WITH TIME ZONE,
    gone_at    TIMESTAMP WITH TIME ZONE,
    first_at   TIMESTAMP WITH TIME ZONE,
    first_id   TEXT COLLATE "C",
    last_at    TIMESTAMP WITH TIME ZONE,
    row_count  INTEGER,
    size_bytes BIGINT,
    sha256     TEXT,
    user_ids   TEXT[] NOT NULL DEFAULT '{}',
    to_erase   TEXT[] NOT NULL DEFAULT '{}'
);
CREATE INDEX idx_archived_logs_time ON archived_logs (log, first_at DESC, first_id DESC)
    WHERE stored_at IS NOT NULL AND gone_at IS NULL;
CREATE INDEX idx_archived_logs_users ON archived_logs USING gin (user_ids)
    WHERE stored_at IS NOT NULL AND gone_at IS NULL;
CREATE INDEX idx_archived_logs_erase ON archived_logs (log, s3_key)
    WHERE stored_at IS NOT NULL AND gone_at IS NULL AND to_erase <> '{}';
CREATE INDEX idx_archived_logs_unstored ON archived_logs (log, noted_at) WHERE stored_at IS NULL AND gone_at IS NULL;
CREATE INDEX idx_archived_logs_gone ON archived_logs (log, gone_at) WHERE gone_at IS NOT NULL;
GRANT SELECT, INSERT (s3_key, log) ON archived_logs TO ${service_role};
--rollback DROP TABLE archived_logs;

--changeset faultmaven:shared-log-floor splitStatements:false
--comment: The wall of 90 days: what is asked for, or that. No time is no row.
CREATE FUNCTION log_floor(before TIMESTAMP WITH TIME ZONE) RETURNS TIMESTAMP WITH TIME ZONE
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT CASE WHEN before < now() - INTERVAL '90 days' THEN before
        WHEN before IS NOT NULL THEN now() - INTERVAL '90 days' END
$$;
REVOKE ALL ON FUNCTION log_floor(TIMESTAMP WITH TIME ZONE) FROM PUBLIC;
CREATE FUNCTION check_log_batch(most INTEGER) RETURNS VOID
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF most IS NULL OR most NOT BETWEEN 1 AND 10000 THEN
        RAISE EXCEPTION 'from 1 to 10000 rows at once' USING ERRCODE = 'invalid_parameter_value';
    END IF;
END
$$;
REVOKE ALL ON FUNCTION check_log_batch(INTEGER) FROM PUBLIC;
--rollback DROP FUNCTION check_log_batch(INTEGER);
--rollback DROP FUNCTION log_floor(TIMESTAMP WITH TIME ZONE);

--changeset faultmaven:shared-next-log-rows splitStatements:false
--comment: The oldest rows, all of one day.
CREATE FUNCTION next_log_rows(log TEXT, before TIMESTAMP WITH TIME ZONE, most INTEGER)
RETURNS TABLE (id TEXT, at TIMESTAMP WITH TIME ZONE, line TEXT)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    floor TIMESTAMP WITH TIME ZONE := public.log_floor(before);
    oldest TIMESTAMP WITH TIME ZONE;
BEGIN
    PERFORM public.check_log_batch(most);
    EXECUTE format('SELECT r.at FROM public.%I($1, 1) r', 'read_' || log) INTO oldest USING floor;
    RETURN QUERY EXECUTE format('SELECT r.id, r.at, r.line FROM public.%I($1, $2) r ORDER BY r.at, r.id',
        'read_' || log) USING least(floor, date_trunc('day', oldest, 'UTC') + INTERVAL '1 day'), most;
END
$$;
REVOKE ALL ON FUNCTION next_log_rows(TEXT, TIMESTAMP WITH TIME ZONE, INTEGER) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION next_log_rows(TEXT, TIMESTAMP WITH TIME ZONE, INTEGER) TO ${service_role};
--rollback DROP FUNCTION next_log_rows(TEXT, TIMESTAMP WITH TIME ZONE, INTEGER);

--changeset faultmaven:shared-archive-log-rows splitStatements:false
--comment: Removes rows that are in a stored object now, and only if the database finds them to be what the service says it has stored.
CREATE FUNCTION archive_log_rows(key TEXT, ids TEXT[], content_sha256 TEXT, object_bytes BIGINT)
RETURNS VOID LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    log TEXT;
    taken RECORD;
BEGIN
    -- The note first, as an erasure does: either one finds what the other one has done.
    LOCK TABLE public.archived_logs IN ROW EXCLUSIVE MODE;
    SELECT note.log INTO log FROM public.archived_logs note
    WHERE s3_key = key AND stored_at IS NULL AND gone_at IS NULL FOR UPDATE;
    IF log IS NULL THEN
        RAISE EXCEPTION 'no object is expected as %', key USING ERRCODE = 'no_data_found';
    END IF;
    EXECUTE format(
        'WITH taken AS MATERIALIZED (SELECT * FROM public.%I($1))
         SELECT count(*) AS rows, min(at) AS first_at, max(at) AS last_at,
             (array_agg(id ORDER BY at, id))[1] AS first_id,
             encode(sha256(convert_to(string_agg(line || chr(10), '''' ORDER BY at, id), ''UTF8'')), ''hex'') AS digest,
             (SELECT array_agg(DISTINCT u) FROM taken t, unnest(t.users) u WHERE u IS NOT NULL) AS user_ids
         FROM taken', 'take_' || log) INTO taken USING ids;
    IF taken.rows IS DISTINCT FROM cardinality(ids) OR taken.digest IS DISTINCT FROM content_sha256 THEN
        RAISE EXCEPTION 'rows of % have changed since they were read', log
            USING ERRCODE = 'object_not_in_prerequisite_state';
    END IF;
    IF taken.last_at > public.log_floor(taken.last_at) THEN
        RAISE EXCEPTION 'rows younger than 90 days stay' USING ERRCODE = 'insufficient_privilege';
    END IF;
    UPDATE public.archived_logs SET stored_at = now(), first_at = taken.first_at, first_id = taken.first_id,
        last_at = taken.last_at, row_count = taken.rows, size_bytes = object_bytes, sha256 = content_sha256,
        user_ids = coalesce(taken.user_ids, '{}')
    WHERE s3_key = key;
END
$$;
REVOKE ALL ON FUNCTION archive_log_rows(TEXT, TEXT[], TEXT, BIGINT) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION archive_log_rows(TEXT, TEXT[], TEXT, BIGINT) TO ${service_role};
--rollback DROP FUNCTION archive_log_rows(TEXT, TEXT[], TEXT, BIGINT);

--changeset faultmaven:shared-replace-archived-log splitStatements:false
--comment: Puts an object without the traces of erased users in the place of one that has them.
CREATE FUNCTION replace_archived_log(
    old_key TEXT, new_key TEXT, content_sha256 TEXT, object_bytes BIGINT, erased TEXT[])
RETURNS VOID LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    old public.archived_logs;
BEGIN
    LOCK TABLE public.archived_logs IN ROW EXCLUSIVE MODE;
    SELECT * INTO old FROM public.archived_logs
    WHERE s3_key = old_key AND stored_at IS NOT NULL AND gone_at IS NULL FOR UPDATE;
    IF old.s3_key IS NULL THEN
        RAISE EXCEPTION 'no object is kept as %', old_key USING ERRCODE = 'no_data_found';
    END IF;
    IF (erased <> '{}' AND erased <@ old.to_erase) IS NOT TRUE THEN
        RAISE EXCEPTION 'nothing of these users is to be erased in %', old_key
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    UPDATE public.archived_logs SET stored_at = now(), first_at = old.first_at, first_id = old.first_id,
        last_at = old.last_at, row_count = old.row_count, size_bytes = object_bytes, sha256 = content_sha256,
        user_ids = old.user_ids,
        to_erase = ARRAY(SELECT u FROM unnest(old.to_erase) u WHERE u <> ALL (erased))
    WHERE s3_key = new_key AND log = old.log AND stored_at IS NULL AND gone_at IS NULL;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'no object is expected as %', new_key USING ERRCODE = 'no_data_found';
    END IF;
    UPDATE public.archived_logs SET gone_at = now() WHERE s3_key = old_key;
END
$$;
REVOKE ALL ON FUNCTION replace_archived_log(TEXT, TEXT, TEXT, BIGINT, TEXT[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION replace_archived_log(TEXT, TEXT, TEXT, BIGINT, TEXT[]) TO ${service_role};
--rollback DROP FUNCTION replace_archived_log(TEXT, TEXT, TEXT, BIGINT, TEXT[]);

--changeset faultmaven:shared-forget-log-rows splitStatements:false
--comment: Removes the oldest rows for good.
CREATE FUNCTION forget_log_rows(log TEXT, before TIMESTAMP WITH TIME ZONE, most INTEGER)
RETURNS INTEGER LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    forgotten INTEGER;
BEGIN
    PERFORM public.check_log_batch(most);
    EXECUTE format(
        'SELECT count(*) FROM public.%I(ARRAY(SELECT id FROM public.%I($1, $2)))',
        'take_' || log, 'read_' || log) INTO forgotten
        USING public.log_floor(before), most;
    RETURN forgotten;
END
$$;
REVOKE ALL ON FUNCTION forget_log_rows(TEXT, TIMESTAMP WITH TIME ZONE, INTEGER) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION forget_log_rows(TEXT, TIMESTAMP WITH TIME ZONE, INTEGER) TO ${service_role};
--rollback DROP FUNCTION forget_log_rows(TEXT, TIMESTAMP WITH TIME ZONE, INTEGER);

--changeset faultmaven:shared-expire-archived-logs splitStatements:false
--comment: Gives up objects whose rows are all older than that, and those whose storing was given up an hour ago.
CREATE FUNCTION expire_archived_logs(of_log TEXT, before TIMESTAMP WITH TIME ZONE)
RETURNS INTEGER LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    expired INTEGER;
BEGIN
    UPDATE public.archived_logs SET gone_at = now()
    WHERE log = of_log AND stored_at IS NULL AND gone_at IS NULL AND noted_at < now() - INTERVAL '1 hour';
    UPDATE public.archived_logs SET gone_at = now()
    WHERE log = of_log AND stored_at IS NOT NULL AND gone_at IS NULL
        AND first_at < public.log_floor(before) AND last_at < public.log_floor(before);
    GET DIAGNOSTICS expired = ROW_COUNT;
    RETURN expired;
END
$$;
REVOKE ALL ON FUNCTION expire_archived_logs(TEXT, TIMESTAMP WITH TIME ZONE) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION expire_archived_logs(TEXT, TIMESTAMP WITH TIME ZONE) TO ${service_role};
--rollback DROP FUNCTION expire_archived_logs(TEXT, TIMESTAMP WITH TIME ZONE);

--changeset faultmaven:shared-forget-archived-logs splitStatements:false
--comment: Removes notes of objects that were given up, when these are no longer in the bucket.
CREATE FUNCTION forget_archived_logs(keys TEXT[])
RETURNS VOID LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    DELETE FROM public.archived_logs WHERE s3_key = ANY (keys) AND gone_at IS NOT NULL
$$;
REVOKE ALL ON FUNCTION forget_archived_logs(TEXT[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION forget_archived_logs(TEXT[]) TO ${service_role};
--rollback DROP FUNCTION forget_archived_logs(TEXT[]);
