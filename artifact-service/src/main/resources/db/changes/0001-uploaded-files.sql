--liquibase formatted sql

--changeset faultmaven:artifacts-cases
--comment: Projection of case-service's cases (decisions, section 1), fed by its events and by REST on a miss.
CREATE TABLE cases (
    case_id    TEXT PRIMARY KEY,
    user_id    TEXT NOT NULL,
    status     TEXT NOT NULL CHECK (status IN ('consulting', 'investigating', 'resolved', 'closed')),
    updated_at TIMESTAMP WITH TIME ZONE NOT NULL
);
CREATE INDEX idx_cases_user ON cases (user_id);
GRANT SELECT, INSERT, UPDATE, DELETE ON cases TO ${service_role};
--rollback DROP TABLE cases;

--changeset faultmaven:artifacts-deleted-cases
--comment: Cases that are gone: an answer of case-service that is older than their deletion must not bring them back.
CREATE TABLE deleted_cases (
    case_id    TEXT PRIMARY KEY,
    deleted_at TIMESTAMP WITH TIME ZONE NOT NULL
);
CREATE INDEX idx_deleted_cases_time ON deleted_cases (deleted_at);
GRANT SELECT, INSERT, DELETE ON deleted_cases TO ${service_role};
--rollback DROP TABLE deleted_cases;

--changeset faultmaven:artifacts-uploaded-files
--comment: Specification 3.2, uploaded_files, and below it what only this service needs.
CREATE TABLE uploaded_files (
    file_id               TEXT PRIMARY KEY,
    case_id               TEXT NOT NULL,
    filename              TEXT NOT NULL,
    data_type             TEXT NOT NULL CHECK (data_type IN ('logs_and_errors', 'metrics_and_performance',
                              'structured_config', 'source_code', 'unstructured_text', 'visual_evidence', 'unanalyzable')),
    size_bytes            BIGINT NOT NULL CHECK (size_bytes BETWEEN 1 AND 10485760),
    s3_key                TEXT NOT NULL,
    preprocessing_status  TEXT NOT NULL CHECK (preprocessing_status IN ('pending', 'awaiting_decision', 'processing',
                              'completed', 'failed')),
    preprocessing_summary TEXT,
    uploaded_at           TIMESTAMP WITH TIME ZONE NOT NULL,
    processed_at          TIMESTAMP WITH TIME ZONE,

    uploaded_by           TEXT NOT NULL,
    session_id            TEXT,
    content_type          TEXT NOT NULL,
    sha256                TEXT NOT NULL,
    type_override         TEXT,
    processing_mode       TEXT,
    processing_since      TIMESTAMP WITH TIME ZONE,
    expires_at            TIMESTAMP WITH TIME ZONE,
    result                JSONB,
    decision              JSONB,
    CONSTRAINT fk_case FOREIGN KEY (case_id) REFERENCES cases (case_id) ON DELETE CASCADE
);
CREATE INDEX idx_uploaded_files_case ON uploaded_files (case_id, uploaded_at DESC);
CREATE INDEX idx_uploaded_files_type ON uploaded_files (data_type);
CREATE UNIQUE INDEX idx_uploaded_files_key ON uploaded_files (s3_key);
CREATE INDEX idx_uploaded_files_name ON uploaded_files (case_id, filename, uploaded_at DESC);
CREATE INDEX idx_uploaded_files_expiry ON uploaded_files (expires_at) WHERE expires_at IS NOT NULL;
GRANT SELECT, INSERT, UPDATE, DELETE ON uploaded_files TO ${service_role};
--rollback DROP TABLE uploaded_files;

--changeset faultmaven:artifacts-object-deletions
--comment: Objects whose row is gone, written in the transaction that deleted it; a job deletes them in S3.
CREATE TABLE object_deletions (
    s3_key       TEXT PRIMARY KEY,
    requested_at TIMESTAMP WITH TIME ZONE NOT NULL
);
CREATE INDEX idx_object_deletions_time ON object_deletions (requested_at);
GRANT SELECT, INSERT, UPDATE, DELETE ON object_deletions TO ${service_role};
--rollback DROP TABLE object_deletions;
