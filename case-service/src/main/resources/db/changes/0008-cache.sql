--liquibase formatted sql

--changeset faultmaven:cases-cache-epoch
--comment: What Redis holds of cases counts within an epoch. A write that cannot tell Redis begins the next one.
CREATE TABLE case_cache_epoch (
    only_row BOOLEAN PRIMARY KEY DEFAULT TRUE CHECK (only_row),
    epoch    BIGINT NOT NULL
);
INSERT INTO case_cache_epoch (epoch) VALUES (1);
GRANT SELECT, UPDATE ON case_cache_epoch TO ${service_role};
--rollback DROP TABLE case_cache_epoch;
