--liquibase formatted sql

--changeset faultmaven:shared-outbox
--comment: Events written in the transaction that causes them; the relay publishes and marks them.
CREATE TABLE outbox (
    seq          BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    event_id     TEXT NOT NULL UNIQUE,
    event_type   TEXT NOT NULL,
    topic        TEXT NOT NULL,
    aggregate_id TEXT NOT NULL,
    data         TEXT NOT NULL,
    traceparent  TEXT,
    created_at   TIMESTAMP WITH TIME ZONE NOT NULL,
    published_at TIMESTAMP WITH TIME ZONE
);
CREATE INDEX idx_outbox_waiting ON outbox (seq) WHERE published_at IS NULL;
CREATE INDEX idx_outbox_published ON outbox (published_at) WHERE published_at IS NOT NULL;
GRANT SELECT, INSERT, UPDATE, DELETE ON outbox TO ${service_role};
--rollback DROP TABLE outbox;

--changeset faultmaven:shared-processed-events
--comment: One row for each event that a consumer has applied, in the transaction that applied it.
CREATE TABLE processed_events (
    consumer     TEXT NOT NULL,
    event_id     TEXT NOT NULL,
    processed_at TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT now(),
    PRIMARY KEY (consumer, event_id)
);
CREATE INDEX idx_processed_events_time ON processed_events (processed_at);
GRANT SELECT, INSERT, DELETE ON processed_events TO ${service_role};
--rollback DROP TABLE processed_events;

--changeset faultmaven:shared-idempotency-keys
--comment: The first answer to a request that creates, kept to be given again.
CREATE TABLE idempotency_keys (
    owner_id     TEXT NOT NULL,
    key          TEXT NOT NULL,
    request_hash TEXT NOT NULL,
    location     TEXT,
    body         TEXT,
    created_at   TIMESTAMP WITH TIME ZONE NOT NULL,
    PRIMARY KEY (owner_id, key)
);
CREATE INDEX idx_idempotency_keys_time ON idempotency_keys (created_at);
GRANT SELECT, INSERT, UPDATE, DELETE ON idempotency_keys TO ${service_role};
--rollback DROP TABLE idempotency_keys;
