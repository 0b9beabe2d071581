--liquibase formatted sql

-- The second wall behind the code's own checks (decisions, section 7). Who asks is said at the beginning of
-- each transaction (faultmaven.user_id, faultmaven.role); who says nothing sees nothing. The owner of the
-- tables, under whose rights foreign keys and the functions of 0003 work, is not bound by it.

--changeset faultmaven:cases-row-level-security splitStatements:false rollbackSplitStatements:false
--comment: Users see and change their own, analysts see all, admins and the service itself do everything.
CREATE FUNCTION sees_every_case() RETURNS BOOLEAN LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT current_setting('faultmaven.role', true) IN ('analyst', 'admin', 'service')
$$;
CREATE FUNCTION changes_every_case() RETURNS BOOLEAN LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT current_setting('faultmaven.role', true) IN ('admin', 'service')
$$;

ALTER TABLE users ENABLE ROW LEVEL SECURITY;
CREATE POLICY seen ON users FOR SELECT
    USING (sees_every_case() OR user_id = current_setting('faultmaven.user_id', true));
CREATE POLICY added ON users FOR INSERT
    WITH CHECK (changes_every_case() OR user_id = current_setting('faultmaven.user_id', true));
CREATE POLICY changed ON users FOR UPDATE USING (changes_every_case());
CREATE POLICY removed ON users FOR DELETE USING (changes_every_case());

ALTER TABLE cases ENABLE ROW LEVEL SECURITY;
CREATE POLICY seen ON cases FOR SELECT
    USING (sees_every_case() OR user_id = current_setting('faultmaven.user_id', true));
CREATE POLICY written ON cases FOR ALL
    USING (changes_every_case() OR user_id = current_setting('faultmaven.user_id', true));

-- A scalar subquery, not EXISTS: the planner never turns it into a hash of all cases.
DO $$
DECLARE
    child TEXT;
    own CONSTANT TEXT := '(SELECT owned.user_id FROM cases AS owned WHERE owned.case_id = %1$I.case_id)'
        ' = current_setting(''faultmaven.user_id'', true)';
BEGIN
    FOREACH child IN ARRAY ARRAY['evidence', 'hypotheses', 'solutions', 'case_messages', 'uploaded_files',
        'case_status_transitions', 'case_tags', 'agent_tool_calls'] LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', child);
        EXECUTE format('CREATE POLICY seen ON %1$I FOR SELECT USING (sees_every_case() OR ' || own || ')', child);
        EXECUTE format('CREATE POLICY written ON %1$I FOR ALL USING (changes_every_case() OR ' || own || ')', child);
    END LOOP;
END $$;

ALTER TABLE data_access_log ENABLE ROW LEVEL SECURITY;
CREATE POLICY seen ON data_access_log FOR SELECT USING (changes_every_case());
CREATE POLICY added ON data_access_log FOR INSERT
    WITH CHECK (changes_every_case() OR actor_id = current_setting('faultmaven.user_id', true));
--rollback DO $$
--rollback DECLARE
--rollback     secured TEXT;
--rollback BEGIN
--rollback     FOREACH secured IN ARRAY ARRAY['users', 'cases', 'evidence', 'hypotheses', 'solutions', 'case_messages',
--rollback         'uploaded_files', 'case_status_transitions', 'case_tags', 'agent_tool_calls', 'data_access_log'] LOOP
--rollback         EXECUTE format('ALTER TABLE %I DISABLE ROW LEVEL SECURITY', secured);
--rollback         EXECUTE format('DROP POLICY IF EXISTS seen ON %I', secured);
--rollback         EXECUTE format('DROP POLICY IF EXISTS written ON %I', secured);
--rollback         EXECUTE format('DROP POLICY IF EXISTS added ON %I', secured);
--rollback         EXECUTE format('DROP POLICY IF EXISTS changed ON %I', secured);
--rollback         EXECUTE format('DROP POLICY IF EXISTS removed ON %I', secured);
--rollback     END LOOP;
--rollback     DROP FUNCTION sees_every_case();
--rollback     DROP FUNCTION changes_every_case();
--rollback END $$

--changeset faultmaven:cases-search-by-word splitStatements:false
--comment: Behind row-level security an index on words cannot be asked before each row's owner is known. For those who see every case this asks it.
CREATE FUNCTION cases_with_word(word TSQUERY) RETURNS SETOF TEXT
    LANGUAGE plpgsql
    STABLE
    SECURITY DEFINER
    SET search_path = public, pg_temp
AS $$
BEGIN
    IF sees_every_case() THEN
        RETURN QUERY SELECT case_id FROM cases WHERE search @@ word
            UNION SELECT case_id FROM evidence WHERE search @@ word;
    END IF;
END $$;
REVOKE EXECUTE ON FUNCTION cases_with_word(TSQUERY) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION cases_with_word(TSQUERY) TO ${service_role};
--rollback DROP FUNCTION cases_with_word(TSQUERY);
