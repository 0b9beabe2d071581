--liquibase formatted sql

--changeset faultmaven:0001-archived-sessions
--comment: Sessions that were ended.
CREATE TABLE archived_sessions (
    session_id    TEXT PRIMARY KEY,
    user_id       TEXT NOT NULL,
    client_id     TEXT NOT NULL,
    created_at    TIMESTAMP WITH TIME ZONE NOT NULL,
    last_activity TIMESTAMP WITH TIME ZONE NOT NULL,
    data_uploads  TEXT[] NOT NULL,
    case_history  TEXT[] NOT NULL,
    ttl_seconds   BIGINT NOT NULL CHECK (ttl_seconds >= 1),
    ended_at      TIMESTAMP WITH TIME ZONE NOT NULL,
    end_reason    TEXT NOT NULL CHECK (end_reason IN ('logout', 'displaced'))
);
CREATE INDEX idx_archived_sessions_user
    ON archived_sessions (user_id, ended_at DESC, session_id DESC);
GRANT SELECT, INSERT ON archived_sessions TO ${service_role};
--rollback DROP TABLE archived_sessions;
