--liquibase formatted sql

--changeset faultmaven:0012-sealed-secrets
--comment: Secrets by the key that has encrypted them, for the job signing-keys, which encrypts those of former keys anew.
CREATE INDEX idx_totp_secrets_key ON totp_secrets (encryption_key_id);
CREATE INDEX idx_mail_queue_key ON mail_queue (encryption_key_id);
CREATE INDEX idx_sso_logins_key ON sso_logins (encryption_key_id);
--rollback DROP INDEX idx_sso_logins_key;
--rollback DROP INDEX idx_mail_queue_key;
--rollback DROP INDEX idx_totp_secrets_key;
