--liquibase formatted sql

--changeset faultmaven:0002-cases
--comment: Whose the cases are, as case-service says. A deleted case stays, so that a late event of one of its files makes nothing.
CREATE TABLE cases (
    case_id    TEXT PRIMARY KEY,
    user_id    TEXT NOT NULL,
    seen_at    TIMESTAMP WITH TIME ZONE NOT NULL,
    deleted_at TIMESTAMP WITH TIME ZONE
);
GRANT SELECT, INSERT, UPDATE ON cases TO ${service_role};
--rollback DROP TABLE cases;
