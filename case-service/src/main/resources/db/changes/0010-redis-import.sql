--liquibase formatted sql

--changeset faultmaven:cases-redis-import
--comment: Cases taken over from the previous layout (specification, appendix B.1), and reports of refusals.
-- No foreign key: a case that was deleted since is not imported again.
CREATE TABLE case_imports (
    case_id     TEXT COLLATE "C" PRIMARY KEY,
    fingerprint TEXT NOT NULL CHECK (fingerprint ~ '^[0-9a-f]{64}$'),
    imported_at TIMESTAMP WITH TIME ZONE NOT NULL
);
GRANT SELECT, INSERT ON case_imports TO ${service_role};

-- The report goes with its run, of which the newest hundred are remembered.
CREATE TABLE case_import_refusals (
    run_id    TEXT NOT NULL REFERENCES job_runs (run_id) ON DELETE CASCADE,
    position  BIGINT GENERATED ALWAYS AS IDENTITY,
    redis_key TEXT NOT NULL,
    field     TEXT NOT NULL,
    reason    TEXT NOT NULL,
    PRIMARY KEY (run_id, position)
);
GRANT SELECT, INSERT ON case_import_refusals TO ${service_role};
--rollback DROP TABLE case_import_refusals;
--rollback DROP TABLE case_imports;
