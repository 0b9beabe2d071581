--liquibase formatted sql

--changeset faultmaven:0001-documents
--comment: Documents of knowledge bases (specification 5.3), redacted, and how far their way into the index is.
CREATE TABLE knowledge_documents (
    collection      TEXT NOT NULL,
    document_id     TEXT NOT NULL,
    user_id         TEXT NOT NULL,
    title           TEXT NOT NULL,
    content         TEXT NOT NULL,
    document_type   TEXT NOT NULL,
    metadata        JSONB NOT NULL,
    tags            TEXT[] NOT NULL,
    category        TEXT,
    size_bytes      BIGINT NOT NULL CHECK (size_bytes >= 0),
    redactions      JSONB NOT NULL,
    revision        BIGINT NOT NULL CHECK (revision >= 1),
    status          TEXT NOT NULL CHECK (status IN ('pending', 'indexing', 'indexed', 'failed', 'deleting')),
    error           TEXT,
    chunks          INTEGER NOT NULL DEFAULT 0 CHECK (chunks >= 0),
    chunks_written  INTEGER NOT NULL DEFAULT 0 CHECK (chunks_written >= chunks),
    embedding_model TEXT,
    claim           TEXT,
    attempts        INTEGER NOT NULL DEFAULT 0,
    next_attempt_at TIMESTAMP WITH TIME ZONE NOT NULL,
    created_at      TIMESTAMP WITH TIME ZONE NOT NULL,
    updated_at      TIMESTAMP WITH TIME ZONE NOT NULL,
    indexed_at      TIMESTAMP WITH TIME ZONE,
    PRIMARY KEY (collection, document_id)
);
CREATE INDEX idx_documents_newest ON knowledge_documents (collection, created_at DESC, document_id DESC);
CREATE INDEX idx_documents_tags ON knowledge_documents USING gin (tags);
CREATE INDEX idx_documents_due ON knowledge_documents (next_attempt_at)
    WHERE status IN ('pending', 'indexing', 'deleting');
GRANT SELECT, INSERT, UPDATE, DELETE ON knowledge_documents TO ${service_role};
--rollback DROP TABLE knowledge_documents;
