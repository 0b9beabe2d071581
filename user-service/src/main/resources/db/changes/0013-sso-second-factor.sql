--liquibase formatted sql

--changeset faultmaven:0013-login-challenge-link
--comment: A single sign-on that waits for the second factor of the account that it is about to be tied to.
ALTER TABLE login_challenges
    ADD COLUMN sso_provider    TEXT,
    ADD COLUMN sso_provider_id TEXT,
    ADD CONSTRAINT login_challenges_link CHECK ((sso_provider IS NULL) = (sso_provider_id IS NULL));
--rollback ALTER TABLE login_challenges DROP CONSTRAINT login_challenges_link, DROP COLUMN sso_provider_id, DROP COLUMN sso_provider;
