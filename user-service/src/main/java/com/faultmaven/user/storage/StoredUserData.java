package com.faultmaven.user.storage;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.faultmaven.common.userdata.CursorPages;
import com.faultmaven.common.userdata.ExportedFile;
import com.faultmaven.common.userdata.JsonRows;
import com.faultmaven.common.userdata.UserDataErasure;
import com.faultmaven.common.userdata.UserDataExport;
import com.faultmaven.common.web.Cursor;
import com.faultmaven.common.web.CursorPage;
import com.faultmaven.user.domain.AuthAuditLog;
import com.faultmaven.user.domain.AuthEvent;
import com.faultmaven.user.domain.AuthEventQuery;
import com.faultmaven.user.domain.DataAccess;
import com.faultmaven.user.domain.DataAccessLog;
import com.faultmaven.user.domain.DataAccessQuery;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * An account with all that hangs on it. Secrets (the password's hash, tokens, keys) are nobody's to
 * take away and not in the export; the rows of both logs stay without addresses until retention.
 */
@ApplicationScoped
public class StoredUserData implements UserDataErasure, UserDataExport {
  static final String ACCOUNT =
      """
      SELECT user_id AS id, (to_jsonb(u) - 'hashed_password' || jsonb_build_object(
        'roles', (SELECT jsonb_agg(role ORDER BY role) FROM user_roles r WHERE r.user_id = u.user_id),
        'has_password', hashed_password IS NOT NULL,
        'authenticator_since', (SELECT confirmed_at FROM totp_secrets t WHERE t.user_id = u.user_id)
        ))::text AS json
      FROM users u WHERE user_id = $1 AND user_id > $2 ORDER BY user_id LIMIT $3
      """;
  static final String PASSKEYS =
      """
      SELECT passkey_id AS id, jsonb_build_object('passkey_id', passkey_id, 'name', name,
        'aaguid', aaguid, 'transports', transports, 'backed_up', backed_up,
        'created_at', created_at, 'last_used_at', last_used_at)::text AS json
      FROM passkeys WHERE user_id = $1 AND passkey_id > $2 ORDER BY passkey_id LIMIT $3
      """;
  static final String SIGN_INS =
      """
      SELECT family_id AS id, (to_jsonb(f) - 'family_id')::text AS json
      FROM refresh_families f WHERE user_id = $1 AND family_id > $2 ORDER BY family_id LIMIT $3
      """;
  static final String NETWORKS =
      """
      SELECT network AS id, (to_jsonb(n) - 'user_id')::text AS json
      FROM login_networks n WHERE user_id = $1 AND network > $2 ORDER BY network LIMIT $3
      """;
  private static final String ERASE = "DELETE FROM users WHERE user_id = $1";
  private static final String ERASE_TRACES = "SELECT erase_log_traces($1)";
  private static final String FORGET_ANSWERS = "DELETE FROM idempotency_keys WHERE owner_id = $1";
  private static final int PAGE = 1000;

  private final Pool pool;
  private final AuthAuditLog audit;
  private final DataAccessLog accesses;
  private final ObjectMapper json;

  /** Wires the bean. */
  @Inject
  public StoredUserData(Pool pool, AuthAuditLog audit, DataAccessLog accesses, ObjectMapper json) {
    this.pool = pool;
    this.audit = audit;
    this.accesses = accesses;
    this.json = json;
  }

  /** Everything else goes with the account's row. */
  @Override
  public Uni<Map<String, Long>> erase(SqlConnection transaction, String userId, Instant at) {
    Tuple user = Tuple.of(userId);
    return transaction
        .preparedQuery(ERASE)
        .execute(user)
        .map(rows -> Map.of("accounts", (long) rows.rowCount()))
        .call(erased -> transaction.preparedQuery(ERASE_TRACES).execute(user))
        .call(erased -> transaction.preparedQuery(FORGET_ANSWERS).execute(user));
  }

  @Override
  public Multi<ExportedFile> files(String userId, String reader) {
    return Multi.createFrom()
        .items(
            rows("account.json", ACCOUNT, userId),
            rows("passkeys.json", PASSKEYS, userId),
            rows("sign-ins.json", SIGN_INS, userId),
            rows("known-networks.json", NETWORKS, userId),
            all("auth-events.json", cursor -> events(userId, cursor)),
            all("data-accesses.json", cursor -> reads(userId, cursor)));
  }

  private ExportedFile rows(String path, String sql, String userId) {
    return ExportedFile.array(path, JsonRows.read(pool, sql, userId));
  }

  private Uni<CursorPage<AuthEvent>> events(String userId, @Nullable Cursor after) {
    return audit.list(new AuthEventQuery(userId, null, null, null, null, null, null, after, PAGE));
  }

  private Uni<CursorPage<DataAccess>> reads(String userId, @Nullable Cursor after) {
    return accesses.list(new DataAccessQuery(null, userId, null, null, after, PAGE));
  }

  private <T> ExportedFile all(String path, Function<@Nullable Cursor, Uni<CursorPage<T>>> page) {
    return ExportedFile.array(path, CursorPages.all(page).map(this::text));
  }

  private String text(Object item) {
    try {
      return json.writeValueAsString(item);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(item.getClass() + " cannot be written as JSON", e);
    }
  }
}
