--liquibase formatted sql

-- Ids, tags and other keys compare by their bytes (COLLATE "C"): so do the cursors of lists, on every
-- server, and the indexes are smaller and faster for it.

--changeset faultmaven:cases-users
--comment: Projection of user-service's accounts, fed by its events (decisions, section 1).
CREATE TABLE users (
    user_id TEXT COLLATE "C" PRIMARY KEY,
    status  TEXT NOT NULL DEFAULT 'active' CHECK (status IN ('active', 'inactive', 'deleted'))
);
GRANT SELECT, INSERT, UPDATE (status) ON users TO ${service_role};
--rollback DROP TABLE users;

--changeset faultmaven:cases-cases splitStatements:false
--comment: Specification 3.2, main table; decisions, section 3: version, archived_at, full text, hash partitions.
CREATE TABLE cases (
    case_id                TEXT COLLATE "C" NOT NULL,
    user_id                TEXT COLLATE "C" NOT NULL,
    status                 TEXT NOT NULL CHECK (status IN ('consulting', 'investigating', 'resolved', 'closed')),
    closure_reason         TEXT CHECK (closure_reason IN
                               ('resolved', 'abandoned', 'escalated', 'consulting_only', 'duplicate', 'other')),
    title                  TEXT NOT NULL,
    description            TEXT,
    current_phase          TEXT,
    investigation_strategy TEXT,
    investigation_progress JSONB,
    consulting_data        JSONB,
    problem_verification   JSONB,
    working_conclusion     JSONB,
    root_cause_conclusion  JSONB,
    degraded_mode          JSONB,
    escalation_state       JSONB,
    documentation_data     JSONB,
    path_selection         JSONB,
    conversation_history   JSONB,
    turn_progress          JSONB,
    created_at             TIMESTAMP WITH TIME ZONE NOT NULL,
    updated_at             TIMESTAMP WITH TIME ZONE NOT NULL,
    resolved_at            TIMESTAMP WITH TIME ZONE,
    archived_at            TIMESTAMP WITH TIME ZONE,
    version                BIGINT NOT NULL CHECK (version > 0),
    -- A tsvector holds at most 1 MB, so only the beginning of a very long text is searched.
    search                 TSVECTOR GENERATED ALWAYS AS (
                               setweight(to_tsvector('english', left(title, 50000)), 'A')
                               || setweight(to_tsvector('english', left(coalesce(description, ''), 150000)), 'B')
                           ) STORED,
    PRIMARY KEY (case_id),
    CONSTRAINT fk_user FOREIGN KEY (user_id) REFERENCES users (user_id),
    CONSTRAINT closure_reason_of_ended_cases
        CHECK ((status IN ('resolved', 'closed')) = (closure_reason IS NOT NULL))
) PARTITION BY HASH (case_id);

DO $$
BEGIN
    FOR part IN 0..7 LOOP
        EXECUTE format(
            'CREATE TABLE cases_p%s PARTITION OF cases FOR VALUES WITH (MODULUS 8, REMAINDER %s)', part, part);
    END LOOP;
END $$;

-- A user's list, by either time; every user's list, for support.
CREATE INDEX idx_cases_user ON cases (user_id, created_at DESC, case_id DESC);
CREATE INDEX idx_cases_user_updated ON cases (user_id, updated_at DESC, case_id DESC);
CREATE INDEX idx_cases_created ON cases (created_at DESC, case_id DESC);
CREATE INDEX idx_cases_updated ON cases (updated_at DESC, case_id DESC);
CREATE INDEX idx_cases_status ON cases (status, created_at DESC, case_id DESC);
CREATE INDEX idx_cases_active ON cases (user_id, created_at DESC, case_id DESC)
    WHERE status IN ('consulting', 'investigating') AND archived_at IS NULL;
CREATE INDEX idx_cases_search ON cases USING gin (search);
-- What other cases are asked for by content: the same symptoms, the same root cause.
CREATE INDEX idx_cases_problem ON cases USING gin (problem_verification jsonb_path_ops);
CREATE INDEX idx_cases_root_cause ON cases USING gin (root_cause_conclusion jsonb_path_ops);

-- No DELETE: erase_cases (0003) is the one way to remove a case.
GRANT SELECT, INSERT, UPDATE ON cases TO ${service_role};
--rollback DROP TABLE cases;
