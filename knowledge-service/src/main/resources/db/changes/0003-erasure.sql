--liquibase formatted sql

--changeset faultmaven:0003-cases-of-a-user
--comment: The cases of a user whose data are erased.
CREATE INDEX idx_cases_user ON cases (user_id);
--rollback DROP INDEX idx_cases_user;
