--liquibase formatted sql

--changeset faultmaven:0001-users
--comment: Accounts with the fields and indexes of specification 2.2 and 2.5.
CREATE TABLE users (
    user_id                 TEXT NOT NULL,
    username                TEXT NOT NULL,
    email                   TEXT NOT NULL,
    hashed_password         TEXT,
    is_active               BOOLEAN NOT NULL DEFAULT TRUE,
    display_name            TEXT NOT NULL,
    avatar_url              TEXT,
    timezone                TEXT NOT NULL DEFAULT 'UTC',
    locale                  TEXT NOT NULL DEFAULT 'en-US',
    is_email_verified       BOOLEAN NOT NULL DEFAULT FALSE,
    email_verified_at       TIMESTAMP WITH TIME ZONE,
    sso_provider            TEXT,
    sso_provider_id         TEXT,
    created_at              TIMESTAMP WITH TIME ZONE NOT NULL,
    updated_at              TIMESTAMP WITH TIME ZONE NOT NULL,
    last_login_at           TIMESTAMP WITH TIME ZONE,
    last_password_change_at TIMESTAMP WITH TIME ZONE,
    deleted_at              TIMESTAMP WITH TIME ZONE,
    CONSTRAINT idx_users_pk PRIMARY KEY (user_id),
    CONSTRAINT users_sso_whole CHECK ((sso_provider IS NULL) = (sso_provider_id IS NULL))
);
CREATE UNIQUE INDEX idx_users_username ON users (LOWER(username));
CREATE UNIQUE INDEX idx_users_email ON users (LOWER(email));
-- Unique, beyond the specification: one account there is one account here.
CREATE UNIQUE INDEX idx_users_sso ON users (sso_provider, sso_provider_id)
    WHERE sso_provider IS NOT NULL;
CREATE INDEX idx_users_active ON users (is_active, deleted_at) WHERE deleted_at IS NULL;
CREATE INDEX idx_users_listed ON users (created_at, user_id) WHERE deleted_at IS NULL;
GRANT SELECT, INSERT, UPDATE, DELETE ON users TO ${service_role};
--rollback DROP TABLE users;

--changeset faultmaven:0001-user-roles
--comment: Roles in a table of their own, as specification 2.2 wants it in production.
CREATE TABLE user_roles (
    user_id TEXT NOT NULL REFERENCES users (user_id) ON DELETE CASCADE,
    role    TEXT NOT NULL CHECK (role IN ('user', 'analyst', 'admin')),
    PRIMARY KEY (user_id, role)
);
CREATE INDEX idx_user_roles_role ON user_roles (role, user_id);
GRANT SELECT, INSERT, UPDATE, DELETE ON user_roles TO ${service_role};
--rollback DROP TABLE user_roles;
