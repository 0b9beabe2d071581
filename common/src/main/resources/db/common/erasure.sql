--liquibase formatted sql

--changeset faultmaven:shared-erased-users
--comment: Users whose data are erased, by nothing but their id, so that nothing late brings data back.
CREATE TABLE erased_users (
    user_id   TEXT PRIMARY KEY,
    erased_at TIMESTAMP WITH TIME ZONE NOT NULL
);
GRANT SELECT, INSERT ON erased_users TO ${service_role};
--rollback DROP TABLE erased_users;
