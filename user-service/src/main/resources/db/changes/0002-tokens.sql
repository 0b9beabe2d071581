--liquibase formatted sql

--changeset faultmaven:0002-refresh-families
--comment: One row per log-in; every refresh token that grows from it belongs to it and ends with it.
CREATE TABLE refresh_families (
    family_id     TEXT PRIMARY KEY,
    user_id       TEXT NOT NULL REFERENCES users (user_id) ON DELETE CASCADE,
    client_id     TEXT,
    session_id    TEXT,
    created_at    TIMESTAMP WITH TIME ZONE NOT NULL,
    expires_at    TIMESTAMP WITH TIME ZONE NOT NULL,
    revoked_at    TIMESTAMP WITH TIME ZONE,
    revoke_reason TEXT
);
CREATE INDEX idx_refresh_families_user ON refresh_families (user_id, expires_at);
GRANT SELECT, INSERT, UPDATE, DELETE ON refresh_families TO ${service_role};
--rollback DROP TABLE refresh_families;

--changeset faultmaven:0002-refresh-tokens
--comment: Refresh tokens by their SHA-256. Used ones stay until they expire, so that reuse is seen.
CREATE TABLE refresh_tokens (
    token_hash      BYTEA PRIMARY KEY CHECK (octet_length(token_hash) = 32),
    family_id       TEXT NOT NULL REFERENCES refresh_families (family_id) ON DELETE CASCADE,
    access_token_id TEXT NOT NULL,
    issued_at       TIMESTAMP WITH TIME ZONE NOT NULL,
    expires_at      TIMESTAMP WITH TIME ZONE NOT NULL,
    used_at         TIMESTAMP WITH TIME ZONE
);
CREATE INDEX idx_refresh_tokens_family ON refresh_tokens (family_id, expires_at);
CREATE INDEX idx_refresh_tokens_access ON refresh_tokens (access_token_id);
GRANT SELECT, INSERT, UPDATE, DELETE ON refresh_tokens TO ${service_role};
--rollback DROP TABLE refresh_tokens;

--changeset faultmaven:0002-signing-keys
--comment: Keys that sign access tokens; the private part is encrypted by the service (AES-256-GCM).
CREATE TABLE signing_keys (
    key_id                TEXT PRIMARY KEY,
    public_key            BYTEA NOT NULL,
    private_key_encrypted BYTEA NOT NULL,
    encryption_key_id     TEXT NOT NULL,
    created_at            TIMESTAMP WITH TIME ZONE NOT NULL,
    active_from           TIMESTAMP WITH TIME ZONE NOT NULL
);
GRANT SELECT, INSERT, UPDATE, DELETE ON signing_keys TO ${service_role};
--rollback DROP TABLE signing_keys;
