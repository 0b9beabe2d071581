--liquibase formatted sql

--changeset faultmaven:cases-user-erasure
--comment: Erasure of a user's data (decisions, section 9) ends with the user's own row.
GRANT DELETE ON users TO ${service_role};
--rollback REVOKE DELETE ON users FROM ${service_role};
