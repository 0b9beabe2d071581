--liquibase formatted sql

--changeset faultmaven:0002-archive-erasure
--comment: Erasure of a user's data (decisions, section 9).
GRANT DELETE ON archived_sessions TO ${service_role};
--rollback REVOKE DELETE ON archived_sessions FROM ${service_role};
