--liquibase formatted sql

--changeset faultmaven:0010-totp
--comment: Authenticator applications (RFC 6238). The secret is encrypted; a code counts once.
CREATE TABLE totp_secrets (
    user_id           TEXT PRIMARY KEY REFERENCES users (user_id) ON DELETE CASCADE,
    sealed_secret     BYTEA NOT NULL,
    encryption_key_id TEXT NOT NULL,
    created_at        TIMESTAMP WITH TIME ZONE NOT NULL,
    confirmed_at      TIMESTAMP WITH TIME ZONE,
    last_step         BIGINT NOT NULL DEFAULT 0
);
GRANT SELECT, INSERT, UPDATE, DELETE ON totp_secrets TO ${service_role};
--rollback DROP TABLE totp_secrets;

--changeset faultmaven:0010-recovery-codes
--comment: Codes for the day that the authenticator is lost; by SHA-256, each good for one use.
CREATE TABLE recovery_codes (
    user_id    TEXT NOT NULL REFERENCES users (user_id) ON DELETE CASCADE,
    code_hash  BYTEA NOT NULL CHECK (octet_length(code_hash) = 32),
    created_at TIMESTAMP WITH TIME ZONE NOT NULL,
    PRIMARY KEY (user_id, code_hash)
);
GRANT SELECT, INSERT, DELETE ON recovery_codes TO ${service_role};
--rollback DROP TABLE recovery_codes;

--changeset faultmaven:0010-login-challenges
--comment: Log-ins whose password was right and whose second factor is awaited.
CREATE TABLE login_challenges (
    challenge_hash BYTEA PRIMARY KEY CHECK (octet_length(challenge_hash) = 32),
    user_id        TEXT NOT NULL REFERENCES users (user_id) ON DELETE CASCADE,
    client_id      TEXT,
    attempts       INTEGER NOT NULL DEFAULT 0,
    created_at     TIMESTAMP WITH TIME ZONE NOT NULL,
    expires_at     TIMESTAMP WITH TIME ZONE NOT NULL
);
CREATE INDEX idx_login_challenges_user ON login_challenges (user_id);
CREATE INDEX idx_login_challenges_expiry ON login_challenges (expires_at);
GRANT SELECT, INSERT, UPDATE, DELETE ON login_challenges TO ${service_role};
--rollback DROP TABLE login_challenges;
