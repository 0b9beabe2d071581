--liquibase formatted sql

--changeset faultmaven:0002-ending-in-redis
--comment: Sessions stop living before they are archived, so a row needs no mark for that.
ALTER TABLE archived_sessions DROP COLUMN removed_at;
REVOKE UPDATE ON archived_sessions FROM ${service_role};
--rollback ALTER TABLE archived_sessions ADD COLUMN removed_at TIMESTAMP WITH TIME ZONE;
--rollback UPDATE archived_sessions SET removed_at = ended_at;
--rollback CREATE INDEX idx_archived_sessions_not_removed ON archived_sessions (ended_at) WHERE removed_at IS NULL;
--rollback GRANT UPDATE ON archived_sessions TO ${service_role};
