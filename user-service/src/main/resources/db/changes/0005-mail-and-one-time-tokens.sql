--liquibase formatted sql

--changeset faultmaven:0005-one-time-tokens
--comment: What a mail carries to prove that its reader owns the address; by SHA-256, single use.
CREATE TABLE one_time_tokens (
    token_hash BYTEA PRIMARY KEY CHECK (octet_length(token_hash) = 32),
    purpose    TEXT NOT NULL CHECK (purpose IN ('email_verification', 'password_reset')),
    user_id    TEXT NOT NULL REFERENCES users (user_id) ON DELETE CASCADE,
    email      TEXT NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE NOT NULL,
    expires_at TIMESTAMP WITH TIME ZONE NOT NULL,
    used_at    TIMESTAMP WITH TIME ZONE
);
CREATE INDEX idx_one_time_tokens_user ON one_time_tokens (user_id, purpose);
CREATE INDEX idx_one_time_tokens_expiry ON one_time_tokens (expires_at);
GRANT SELECT, INSERT, UPDATE, DELETE ON one_time_tokens TO ${service_role};
--rollback DROP TABLE one_time_tokens;

--changeset faultmaven:0005-mail-queue
--comment: Mails, written in the transaction that causes them and removed when they are delivered.
CREATE TABLE mail_queue (
    mail_id           TEXT PRIMARY KEY,
    kind              TEXT NOT NULL,
    user_id           TEXT NOT NULL REFERENCES users (user_id) ON DELETE CASCADE,
    recipient         TEXT NOT NULL,
    sealed_token      BYTEA,
    encryption_key_id TEXT,
    attempts          INTEGER NOT NULL DEFAULT 0,
    created_at        TIMESTAMP WITH TIME ZONE NOT NULL,
    next_attempt_at   TIMESTAMP WITH TIME ZONE NOT NULL
);
CREATE INDEX idx_mail_queue_next ON mail_queue (next_attempt_at);
CREATE INDEX idx_mail_queue_user ON mail_queue (user_id);
GRANT SELECT, INSERT, UPDATE, DELETE ON mail_queue TO ${service_role};
--rollback DROP TABLE mail_queue;

--changeset faultmaven:0005-login-networks
--comment: Networks from which an account's owner has signed in: guesses from elsewhere do not slow them down.
CREATE TABLE login_networks (
    user_id    TEXT NOT NULL REFERENCES users (user_id) ON DELETE CASCADE,
    network    TEXT NOT NULL,
    expires_at TIMESTAMP WITH TIME ZONE NOT NULL,
    PRIMARY KEY (user_id, network)
);
CREATE INDEX idx_login_networks_expiry ON login_networks (expires_at);
GRANT SELECT, INSERT, UPDATE, DELETE ON login_networks TO ${service_role};
--rollback DROP TABLE login_networks;

--changeset faultmaven:0005-user-search
--comment: Search by the beginning of a user name, an address or a display name.
CREATE INDEX idx_users_username_prefix ON users (LOWER(username) text_pattern_ops)
    WHERE deleted_at IS NULL;
CREATE INDEX idx_users_email_prefix ON users (LOWER(email) text_pattern_ops)
    WHERE deleted_at IS NULL;
CREATE INDEX idx_users_display_name_prefix ON users (LOWER(display_name) text_pattern_ops)
    WHERE deleted_at IS NULL;
--rollback DROP INDEX idx_users_display_name_prefix;
--rollback DROP INDEX idx_users_email_prefix;
--rollback DROP INDEX idx_users_username_prefix;
