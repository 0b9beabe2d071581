package com.faultmaven.common.userdata;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Map;

/** A service's data about users, as services have them: a table. */
@ApplicationScoped
public class KeptThingsUnderTest implements UserDataErasure, UserDataExport {
  /** What a user keeps whose export breaks off. */
  static final String BROKEN = "broken";

  private static final String ADD = "INSERT INTO kept (user_id, text) VALUES ($1, $2)";
  private static final String ERASE = "DELETE FROM kept WHERE user_id = $1";
  private static final String READ =
      """
      SELECT lpad(n::text, 20, '0') AS id, to_json(text)::text AS json FROM kept
      WHERE user_id = $1 AND lpad(n::text, 20, '0') > $2 ORDER BY id LIMIT $3
      """;

  private final Pool pool;

  @Inject
  KeptThingsUnderTest(Pool pool) {
    this.pool = pool;
  }

  Uni<Void> add(SqlConnection transaction, String userId, String text) {
    return transaction.preparedQuery(ADD).execute(Tuple.of(userId, text)).replaceWithVoid();
  }

  @Override
  public Uni<Map<String, Long>> erase(SqlConnection transaction, String userId, Instant at) {
    return transaction
        .preparedQuery(ERASE)
        .execute(Tuple.of(userId))
        .map(rows -> Map.of("things", (long) rows.rowCount()));
  }

  @Override
  public Multi<ExportedFile> files(String userId, String reader) {
    Multi<String> things = JsonRows.read(pool, READ, userId);
    ExportedFile raw =
        new ExportedFile(
            "raw/reader.txt", Multi.createFrom().item(ByteBuffer.wrap(reader.getBytes())));
    return Multi.createFrom()
        .items(
            ExportedFile.array(
                "things.json",
                things.invoke(
                    thing -> {
                      if (thing.contains(BROKEN)) {
                        throw new IllegalStateException("cannot be read");
                      }
                    })),
            raw);
  }
}
