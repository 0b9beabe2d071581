--liquibase formatted sql

-- A policy that looks into the partitions of cases is planned anew with every statement, for every table in it:
-- 12 ms for a whole case, which then took 1.5 ms to read. A function has one plan for all, and is called only for
-- rows of a case that was not looked up before: who found a case found it behind its own policy.

--changeset faultmaven:cases-rows-of-one-case splitStatements:false rollbackSplitStatements:false
--comment: Rows of a case that was found (faultmaven.case_id) are shown without another look at it.
CREATE FUNCTION owns_case(id TEXT) RETURNS BOOLEAN LANGUAGE plpgsql STABLE PARALLEL SAFE AS $$
BEGIN
    RETURN EXISTS (
        SELECT FROM cases WHERE case_id = id AND user_id = current_setting('faultmaven.user_id', true));
END $$;
DO $$
DECLARE
    child TEXT;
BEGIN
    FOREACH child IN ARRAY ARRAY['evidence', 'hypotheses', 'solutions', 'case_messages', 'uploaded_files',
        'case_status_transitions', 'case_tags', 'agent_tool_calls'] LOOP
        EXECUTE format('ALTER POLICY seen ON %I USING (case_id = current_setting(''faultmaven.case_id'', true)'
            ' OR sees_every_case() OR owns_case(case_id))', child);
        EXECUTE format('ALTER POLICY written ON %I USING (changes_every_case() OR owns_case(case_id))', child);
    END LOOP;
END $$;
--rollback DO $$
--rollback DECLARE
--rollback     child TEXT;
--rollback     own CONSTANT TEXT := '(SELECT owned.user_id FROM cases AS owned WHERE owned.case_id = %1$I.case_id)'
--rollback         ' = current_setting(''faultmaven.user_id'', true)';
--rollback BEGIN
--rollback     FOREACH child IN ARRAY ARRAY['evidence', 'hypotheses', 'solutions', 'case_messages', 'uploaded_files',
--rollback         'case_status_transitions', 'case_tags', 'agent_tool_calls'] LOOP
--rollback         EXECUTE format('ALTER POLICY seen ON %1$I USING (sees_every_case() OR ' || own || ')', child);
--rollback         EXECUTE format('ALTER POLICY written ON %1$I USING (changes_every_case() OR ' || own || ')', child);
--rollback     END LOOP;
--rollback     DROP FUNCTION owns_case(TEXT);
--rollback END $$
