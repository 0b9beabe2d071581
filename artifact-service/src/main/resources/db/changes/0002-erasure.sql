--liquibase formatted sql

--changeset faultmaven:artifacts-uploader
--comment: Files that a user whose data are erased has brought into others' cases.
CREATE INDEX idx_uploaded_files_uploader ON uploaded_files (uploaded_by);
--rollback DROP INDEX idx_uploaded_files_uploader;
