package com.faultmaven.cases.storage;

import static com.faultmaven.cases.storage.CaseTables.FILES;

import com.faultmaven.common.model.artifact.UploadedFile;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Optional;

/** The read model of artifact-service's files. */
final class FileRows {
  private final Connections connections;
  private final ChildRows<UploadedFile> rows;

  FileRows(Connections connections) {
    this.connections = connections;
    rows = new ChildRows<>(connections, FILES, UploadedFile::caseId);
  }

  Uni<Void> put(UploadedFile file) {
    return connections
        .writing(connection -> rows.write(connection, FILES.upsert(), List.of(file)))
        .replaceWithVoid();
  }

  Uni<Optional<UploadedFile>> get(String fileId) {
    return rows.first(new Statement(FILES.select() + " WHERE file_id = ?", fileId));
  }

  Uni<List<UploadedFile>> list(String caseId) {
    return rows.list(listed(caseId));
  }

  private Statement listed(String caseId) {
    return rows.ofCase(caseId).add("ORDER BY uploaded_at DESC, file_id DESC");
  }

  Uni<Boolean> delete(String fileId) {
    return connections.writing(
        connection ->
            new Statement("DELETE FROM uploaded_files WHERE file_id = ?", fileId)
                .count(connection)
                .map(deleted -> deleted > 0));
  }
}
