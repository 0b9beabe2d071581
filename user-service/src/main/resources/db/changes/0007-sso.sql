--liquibase formatted sql

--changeset faultmaven:0007-sso-logins
--comment: Log-ins at another issuer that wait for their callback. Secrets by their SHA-256, the PKCE verifier encrypted by the service (AES-256-GCM).
CREATE TABLE sso_logins (
    state_hash        BYTEA PRIMARY KEY CHECK (octet_length(state_hash) = 32),
    provider          TEXT NOT NULL,
    browser_hash      BYTEA NOT NULL CHECK (octet_length(browser_hash) = 32),
    nonce_hash        BYTEA NOT NULL CHECK (octet_length(nonce_hash) = 32),
    verifier_sealed   BYTEA NOT NULL,
    encryption_key_id TEXT NOT NULL,
    client_id         TEXT,
    created_at        TIMESTAMP WITH TIME ZONE NOT NULL,
    expires_at        TIMESTAMP WITH TIME ZONE NOT NULL
);
CREATE INDEX idx_sso_logins_expiry ON sso_logins (expires_at);
GRANT SELECT, INSERT, UPDATE, DELETE ON sso_logins TO ${service_role};
--rollback DROP TABLE sso_logins;
