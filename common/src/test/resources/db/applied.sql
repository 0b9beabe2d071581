--liquibase formatted sql

--changeset faultmaven:applied
CREATE TABLE applied (n BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY, case_id TEXT NOT NULL, status TEXT NOT NULL);
GRANT SELECT, INSERT, DELETE ON applied TO ${service_role};
--rollback DROP TABLE applied;

--changeset faultmaven:kept
CREATE TABLE kept (n BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY, user_id TEXT NOT NULL, text TEXT NOT NULL);
GRANT SELECT, INSERT, DELETE ON kept TO ${service_role};
--rollback DROP TABLE kept;
