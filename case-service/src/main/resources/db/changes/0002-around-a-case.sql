--liquibase formatted sql

--changeset faultmaven:cases-evidence splitStatements:false
--comment: Specification 3.2, table 1.
CREATE TABLE evidence (
    evidence_id               TEXT COLLATE "C" NOT NULL,
    case_id                   TEXT COLLATE "C" NOT NULL,
    content                   TEXT NOT NULL,
    source_type               TEXT NOT NULL CHECK (source_type IN
                                  ('log_file', 'metrics_data', 'config_file', 'code_review', 'screenshot',
                                   'user_observation', 'api_response', 'database_query', 'monitoring_alert',
                                   'other')),
    form                      TEXT NOT NULL CHECK (form IN ('user_input', 'document')),
    raw_artifact_s3_key       TEXT,
    preprocessed_summary      TEXT,
    classification_dimensions JSONB,
    created_at                TIMESTAMP WITH TIME ZONE NOT NULL,
    -- A tsvector holds at most 1 MB, so only the beginning of a very long text is searched.
    search                    TSVECTOR GENERATED ALWAYS AS (
                                  setweight(to_tsvector('english', left(coalesce(preprocessed_summary, ''), 50000)), 'A')
                                  || setweight(to_tsvector('english', left(content, 150000)), 'B')
                              ) STORED,
    PRIMARY KEY (case_id, evidence_id),
    CONSTRAINT fk_case FOREIGN KEY (case_id) REFERENCES cases (case_id) ON DELETE CASCADE
) PARTITION BY HASH (case_id);

DO $$
BEGIN
    FOR part IN 0..7 LOOP
        EXECUTE format(
            'CREATE TABLE evidence_p%s PARTITION OF evidence FOR VALUES WITH (MODULUS 8, REMAINDER %s)', part, part);
    END LOOP;
END $$;

CREATE INDEX idx_evidence_case ON evidence (case_id, created_at DESC, evidence_id DESC);
CREATE INDEX idx_evidence_source ON evidence (source_type);
CREATE INDEX idx_evidence_form ON evidence (form);
CREATE INDEX idx_evidence_search ON evidence USING gin (search);
CREATE INDEX idx_evidence_dimensions ON evidence USING gin (classification_dimensions jsonb_path_ops);
GRANT SELECT, INSERT, UPDATE, DELETE ON evidence TO ${service_role};
--rollback DROP TABLE evidence;

--changeset faultmaven:cases-hypotheses
--comment: Specification 3.2, table 2.
CREATE TABLE hypotheses (
    hypothesis_id    TEXT COLLATE "C" PRIMARY KEY,
    case_id          TEXT COLLATE "C" NOT NULL,
    description      TEXT NOT NULL,
    status           TEXT NOT NULL CHECK (status IN ('exploring', 'testing', 'validated', 'invalidated')),
    confidence_level TEXT CHECK (confidence_level IN ('speculation', 'probable', 'confident', 'verified')),
    reasoning        TEXT,
    evidence_links   JSONB NOT NULL DEFAULT '[]',
    created_at       TIMESTAMP WITH TIME ZONE NOT NULL,
    updated_at       TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT fk_case FOREIGN KEY (case_id) REFERENCES cases (case_id) ON DELETE CASCADE,
    -- What a solution of the same case points to.
    CONSTRAINT hypothesis_of_case UNIQUE (case_id, hypothesis_id)
);
CREATE INDEX idx_hypotheses_case ON hypotheses (case_id, status);
CREATE INDEX idx_hypotheses_status ON hypotheses (status);
CREATE INDEX idx_hypotheses_active ON hypotheses (case_id, created_at)
    WHERE status IN ('exploring', 'testing');
CREATE INDEX idx_hypotheses_links ON hypotheses USING gin (evidence_links jsonb_path_ops);
GRANT SELECT, INSERT, UPDATE, DELETE ON hypotheses TO ${service_role};
--rollback DROP TABLE hypotheses;

--changeset faultmaven:cases-solutions
--comment: Specification 3.2, table 3. A linked hypothesis is one of the same case.
CREATE TABLE solutions (
    solution_id           TEXT COLLATE "C" PRIMARY KEY,
    case_id               TEXT COLLATE "C" NOT NULL,
    description           TEXT NOT NULL,
    category              TEXT NOT NULL CHECK (category IN ('fix', 'mitigation', 'escalation', 'investigation')),
    status                TEXT NOT NULL CHECK (status IN ('proposed', 'applying', 'applied', 'failed')),
    linked_hypothesis_id  TEXT COLLATE "C",
    steps                 JSONB NOT NULL DEFAULT '[]',
    verification_criteria JSONB NOT NULL DEFAULT '[]',
    result_summary        TEXT,
    created_at            TIMESTAMP WITH TIME ZONE NOT NULL,
    applied_at            TIMESTAMP WITH TIME ZONE,
    CONSTRAINT fk_case FOREIGN KEY (case_id) REFERENCES cases (case_id) ON DELETE CASCADE,
    CONSTRAINT fk_hypothesis FOREIGN KEY (case_id, linked_hypothesis_id)
        REFERENCES hypotheses (case_id, hypothesis_id)
);
CREATE INDEX idx_solutions_case ON solutions (case_id, status);
CREATE INDEX idx_solutions_hypothesis ON solutions (linked_hypothesis_id);
GRANT SELECT, INSERT, UPDATE, DELETE ON solutions TO ${service_role};
--rollback DROP TABLE solutions;

--changeset faultmaven:cases-messages splitStatements:false
--comment: Specification 3.2, table 4.
CREATE TABLE case_messages (
    message_id   TEXT COLLATE "C" NOT NULL,
    case_id      TEXT COLLATE "C" NOT NULL,
    message_type TEXT NOT NULL CHECK (message_type IN
                     ('user_query', 'agent_response', 'system_event', 'data_upload')),
    role         TEXT NOT NULL CHECK (role IN ('user', 'assistant', 'system')),
    content      TEXT NOT NULL,
    metadata     JSONB,
    created_at   TIMESTAMP WITH TIME ZONE NOT NULL,
    PRIMARY KEY (case_id, message_id),
    CONSTRAINT fk_case FOREIGN KEY (case_id) REFERENCES cases (case_id) ON DELETE CASCADE
) PARTITION BY HASH (case_id);

DO $$
BEGIN
    FOR part IN 0..7 LOOP
        EXECUTE format(
            'CREATE TABLE case_messages_p%s PARTITION OF case_messages FOR VALUES WITH (MODULUS 8, REMAINDER %s)',
            part, part);
    END LOOP;
END $$;

CREATE INDEX idx_messages_case ON case_messages (case_id, created_at ASC, message_id ASC);
CREATE INDEX idx_messages_type ON case_messages (message_type);
CREATE INDEX idx_messages_metadata ON case_messages USING gin (metadata jsonb_path_ops);
GRANT SELECT, INSERT, UPDATE, DELETE ON case_messages TO ${service_role};
--rollback DROP TABLE case_messages;

--changeset faultmaven:cases-uploaded-files
--comment: Specification 3.2, table 5: read model of what artifact-service owns.
CREATE TABLE uploaded_files (
    file_id               TEXT COLLATE "C" PRIMARY KEY,
    case_id               TEXT COLLATE "C" NOT NULL,
    filename              TEXT NOT NULL,
    data_type             TEXT NOT NULL,
    size_bytes            BIGINT NOT NULL,
    s3_key                TEXT NOT NULL,
    preprocessing_status  TEXT NOT NULL,
    preprocessing_summary TEXT,
    uploaded_at           TIMESTAMP WITH TIME ZONE NOT NULL,
    processed_at          TIMESTAMP WITH TIME ZONE,
    CONSTRAINT fk_case FOREIGN KEY (case_id) REFERENCES cases (case_id) ON DELETE CASCADE
);
CREATE INDEX idx_uploaded_files_case ON uploaded_files (case_id, uploaded_at DESC);
CREATE INDEX idx_uploaded_files_type ON uploaded_files (data_type);
GRANT SELECT, INSERT, UPDATE, DELETE ON uploaded_files TO ${service_role};
--rollback DROP TABLE uploaded_files;

--changeset faultmaven:cases-status-transitions
--comment: Specification 3.2, table 6: audit trail, never changed (0003).
CREATE TABLE case_status_transitions (
    transition_id TEXT COLLATE "C" PRIMARY KEY,
    case_id       TEXT COLLATE "C" NOT NULL,
    from_status   TEXT NOT NULL,
    to_status     TEXT NOT NULL,
    triggered_at  TIMESTAMP WITH TIME ZONE NOT NULL,
    triggered_by  TEXT NOT NULL,
    reason        TEXT NOT NULL,
    CONSTRAINT fk_case FOREIGN KEY (case_id) REFERENCES cases (case_id) ON DELETE CASCADE
);
CREATE INDEX idx_transitions_case ON case_status_transitions (case_id, triggered_at DESC);
GRANT SELECT, INSERT ON case_status_transitions TO ${service_role};
--rollback DROP TABLE case_status_transitions;

--changeset faultmaven:cases-tags
--comment: Specification 3.2, table 7.
CREATE TABLE case_tags (
    case_id TEXT COLLATE "C" NOT NULL,
    tag     TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (case_id, tag),
    CONSTRAINT fk_case FOREIGN KEY (case_id) REFERENCES cases (case_id) ON DELETE CASCADE
);
CREATE INDEX idx_tags_tag ON case_tags (tag);
GRANT SELECT, INSERT, DELETE ON case_tags TO ${service_role};
--rollback DROP TABLE case_tags;

--changeset faultmaven:cases-tool-calls
--comment: Specification 3.2, table 8: a finished call is never changed (0003).
CREATE TABLE agent_tool_calls (
    call_id       TEXT COLLATE "C" PRIMARY KEY,
    case_id       TEXT COLLATE "C" NOT NULL,
    tool_name     TEXT NOT NULL,
    input_params  JSONB NOT NULL,
    output_result JSONB,
    status        TEXT NOT NULL CHECK (status IN ('pending', 'success', 'failed')),
    error_message TEXT,
    called_at     TIMESTAMP WITH TIME ZONE NOT NULL,
    completed_at  TIMESTAMP WITH TIME ZONE,
    CONSTRAINT fk_case FOREIGN KEY (case_id) REFERENCES cases (case_id) ON DELETE CASCADE,
    CONSTRAINT completed_at_of_finished_calls CHECK ((status = 'pending') = (completed_at IS NULL))
);
CREATE INDEX idx_tool_calls_case ON agent_tool_calls (case_id, called_at DESC);
CREATE INDEX idx_tool_calls_tool ON agent_tool_calls (tool_name, status);
CREATE INDEX idx_tool_calls_pending ON agent_tool_calls (called_at) WHERE status = 'pending';
GRANT SELECT, INSERT,
    UPDATE (tool_name, input_params, output_result, status, error_message, called_at, completed_at)
    ON agent_tool_calls TO ${service_role};
--rollback DROP TABLE agent_tool_calls;
