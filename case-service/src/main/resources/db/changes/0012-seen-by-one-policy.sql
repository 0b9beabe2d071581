--liquibase formatted sql

-- A policy for every command is asked for reads as well, and before the one for reads: each row of a case that was
-- found already cost its reader a call of owns_case, 10 ms for a whole case.

--changeset faultmaven:cases-seen-by-one-policy splitStatements:false rollbackSplitStatements:false
--comment: Reads are let through by the policy for reads alone; who may write what stays the same.
DO $$
DECLARE
    secured TEXT;
    own TEXT;
BEGIN
    FOREACH secured IN ARRAY ARRAY['cases', 'evidence', 'hypotheses', 'solutions', 'case_messages', 'uploaded_files',
        'case_status_transitions', 'case_tags', 'agent_tool_calls'] LOOP
        own := CASE secured WHEN 'cases' THEN 'user_id = current_setting(''faultmaven.user_id'', true)'
            ELSE 'owns_case(case_id)' END;
        EXECUTE format('CREATE POLICY added ON %I FOR INSERT WITH CHECK (changes_every_case() OR %s)', secured, own);
        EXECUTE format('CREATE POLICY changed ON %I FOR UPDATE USING (changes_every_case() OR %s)', secured, own);
        EXECUTE format('CREATE POLICY removed ON %I FOR DELETE USING (changes_every_case() OR %s)', secured, own);
        EXECUTE format('DROP POLICY written ON %I', secured);
    END LOOP;
END $$;
--rollback DO $$
--rollback DECLARE
--rollback     secured TEXT;
--rollback     own TEXT;
--rollback BEGIN
--rollback     FOREACH secured IN ARRAY ARRAY['cases', 'evidence', 'hypotheses', 'solutions', 'case_messages', 'uploaded_files',
--rollback         'case_status_transitions', 'case_tags', 'agent_tool_calls'] LOOP
--rollback         own := CASE secured WHEN 'cases' THEN 'user_id = current_setting(''faultmaven.user_id'', true)'
--rollback             ELSE 'owns_case(case_id)' END;
--rollback         EXECUTE format('CREATE POLICY written ON %I FOR ALL USING (changes_every_case() OR %s)', secured, own);
--rollback         EXECUTE format('DROP POLICY added ON %I', secured);
--rollback         EXECUTE format('DROP POLICY changed ON %I', secured);
--rollback         EXECUTE format('DROP POLICY removed ON %I', secured);
--rollback     END LOOP;
--rollback END $$
