--liquibase formatted sql

--changeset faultmaven:cases-rows-of-one-case splitStatements:false rollbackSplitStatements:false
--comment: Who looked a case up has found it behind its own policy; its rows need not look up the case again, each for itself.
DO $$
DECLARE
    child TEXT;
BEGIN
    FOREACH child IN ARRAY ARRAY['evidence', 'hypotheses', 'solutions', 'case_messages', 'uploaded_files',
        'case_status_transitions', 'case_tags', 'agent_tool_calls'] LOOP
        EXECUTE format(
            'ALTER POLICY seen ON %1$I USING (case_id = current_setting(''faultmaven.case_id'', true)'
            ' OR sees_every_case()'
            ' OR (SELECT owned.user_id FROM cases AS owned WHERE owned.case_id = %1$I.case_id)'
            ' = current_setting(''faultmaven.user_id'', true))', child);
    END LOOP;
END $$;
--rollback DO $$
--rollback DECLARE
--rollback     child TEXT;
--rollback BEGIN
--rollback     FOREACH child IN ARRAY ARRAY['evidence', 'hypotheses', 'solutions', 'case_messages', 'uploaded_files',
--rollback         'case_status_transitions', 'case_tags', 'agent_tool_calls'] LOOP
--rollback         EXECUTE format(
--rollback             'ALTER POLICY seen ON %1$I USING (sees_every_case()'
--rollback             ' OR (SELECT owned.user_id FROM cases AS owned WHERE owned.case_id = %1$I.case_id)'
--rollback             ' = current_setting(''faultmaven.user_id'', true))', child);
--rollback     END LOOP;
--rollback END $$
