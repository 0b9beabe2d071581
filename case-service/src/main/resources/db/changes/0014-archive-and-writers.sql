--liquibase formatted sql

--changeset faultmaven:cases-erase-with-their-objects splitStatements:false rollbackSplitStatements:false
--comment: Two statements: the deletion may wait for who archives the case, and what that one has noted is seen by a statement that begins afterwards.
CREATE OR REPLACE FUNCTION erase_cases(ids TEXT[]) RETURNS BIGINT
    LANGUAGE plpgsql
    SECURITY DEFINER
    SET search_path = public, pg_temp
AS $$
DECLARE
    erased BIGINT;
BEGIN
    DELETE FROM cases WHERE case_id = ANY (ids);
    GET DIAGNOSTICS erased = ROW_COUNT;
    UPDATE archived_objects SET gone_at = now() WHERE case_id = ANY (ids);
    RETURN erased;
END $$;
--rollback CREATE OR REPLACE FUNCTION erase_cases(ids TEXT[]) RETURNS BIGINT LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$ WITH erased AS (DELETE FROM cases WHERE case_id = ANY (ids) RETURNING case_id), objects AS (UPDATE archived_objects SET gone_at = now() WHERE case_id = ANY (ids)) SELECT count(*) FROM erased $$;

--changeset faultmaven:cases-marked-as-archived
--validCheckSum: 9:fe58a034762f3d0263a423966a6fb338
--comment: Until now a change of a case could mark it as archived while its rows were where they are. What is in the archive has a note of its object of the very same moment.
UPDATE cases SET archived_at = NULL, version = version + 1
WHERE archived_at IS NOT NULL
    AND NOT EXISTS (SELECT FROM archived_objects AS note
        WHERE note.case_id = cases.case_id AND note.archived_at = cases.archived_at AND note.size_bytes > 0);
--rollback SELECT 1;
