--liquibase formatted sql

--changeset faultmaven:shared-job-runs
--comment: Runs of jobs (decisions, section 8): at most one of each job without an end, a bounded history.
CREATE TABLE job_runs (
    run_id       TEXT PRIMARY KEY,
    job          TEXT NOT NULL,
    trigger      TEXT NOT NULL CHECK (trigger IN ('schedule', 'hand')),
    requested_by TEXT,
    started_at   TIMESTAMP WITH TIME ZONE NOT NULL,
    seen_at      TIMESTAMP WITH TIME ZONE NOT NULL,
    ended_at     TIMESTAMP WITH TIME ZONE,
    outcome      TEXT CHECK (outcome IN ('succeeded', 'failed', 'interrupted')),
    counts       JSONB NOT NULL DEFAULT '{}',
    bytes        BIGINT NOT NULL DEFAULT 0,
    error        TEXT,
    CONSTRAINT job_runs_ended_somehow CHECK ((ended_at IS NULL) = (outcome IS NULL))
);
CREATE INDEX idx_job_runs_job ON job_runs (job, started_at DESC, run_id DESC);
CREATE UNIQUE INDEX idx_job_runs_running ON job_runs (job) WHERE ended_at IS NULL;
GRANT SELECT, INSERT, UPDATE, DELETE ON job_runs TO ${service_role};
--rollback DROP TABLE job_runs;
