--liquibase formatted sql

--changeset faultmaven:0006-passkeys
--comment: Passkeys (WebAuthn): public keys that sign in without a password. public_key is in COSE form.
CREATE TABLE passkeys (
    passkey_id      TEXT PRIMARY KEY,
    user_id         TEXT NOT NULL REFERENCES users (user_id) ON DELETE CASCADE,
    credential_id   BYTEA NOT NULL CHECK (octet_length(credential_id) BETWEEN 1 AND 1023),
    public_key      BYTEA NOT NULL,
    sign_count      BIGINT NOT NULL CHECK (sign_count >= 0),
    user_handle     BYTEA NOT NULL CHECK (octet_length(user_handle) BETWEEN 1 AND 64),
    aaguid          TEXT NOT NULL,
    name            TEXT NOT NULL,
    transports      TEXT[] NOT NULL,
    backup_eligible BOOLEAN NOT NULL,
    backed_up       BOOLEAN NOT NULL,
    created_at      TIMESTAMP WITH TIME ZONE NOT NULL,
    last_used_at    TIMESTAMP WITH TIME ZONE,
    CONSTRAINT passkeys_credential UNIQUE (credential_id)
);
CREATE INDEX idx_passkeys_user ON passkeys (user_id, passkey_id);
GRANT SELECT, INSERT, UPDATE, DELETE ON passkeys TO ${service_role};
--rollback DROP TABLE passkeys;

--changeset faultmaven:0006-used-passkey-challenges
--comment: Challenges are sealed, not stored; those that have done their work are here until they have expired, so that none does it twice.
CREATE TABLE used_passkey_challenges (
    challenge_hash BYTEA PRIMARY KEY CHECK (octet_length(challenge_hash) = 32),
    expires_at     TIMESTAMP WITH TIME ZONE NOT NULL
);
CREATE INDEX idx_used_passkey_challenges_expiry ON used_passkey_challenges (expires_at);
GRANT SELECT, INSERT, UPDATE, DELETE ON used_passkey_challenges TO ${service_role};
--rollback DROP TABLE used_passkey_challenges;
