--liquibase formatted sql

--changeset faultmaven:applied
CREATE TABLE applied (n BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY, case_id TEXT NOT NULL, status TEXT NOT NULL);
GRANT SELECT, INSERT, DELETE ON applied TO ${service_role};
--rollback DROP TABLE applied;
