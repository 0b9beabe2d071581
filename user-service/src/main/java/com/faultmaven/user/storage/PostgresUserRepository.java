package com.faultmaven.user.storage;

import com.faultmaven.common.db.DatabaseFailures;
import com.faultmaven.common.db.Rows;
import com.faultmaven.common.db.Transactions;
import com.faultmaven.common.model.WireName;
import com.faultmaven.common.model.user.Role;
import com.faultmaven.common.model.user.User;
import com.faultmaven.common.repository.DuplicateKeyException;
import com.faultmaven.common.web.Page;
import com.faultmaven.common.web.PageRequest;
import com.faultmaven.user.domain.AccountChanged;
import com.faultmaven.user.domain.AccountStore;
import com.faultmaven.user.domain.SignIn;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowIterator;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Accounts in {@code auth_db} (specification 2.3): tables {@code users} and {@code user_roles}. */
@ApplicationScoped
public class PostgresUserRepository implements AccountStore {
  private static final Map<String, String> UNIQUE_FIELDS =
      Map.of(
          "idx_users_username", "username",
          "idx_users_email", "email",
          "idx_users_sso", "sso_provider_id");

  private static final String BEING_ERASED = "SELECT 1 FROM erasures WHERE user_id = $1";
  static final String DEACTIVATED = "SELECT 1 FROM users WHERE user_id = $1 AND NOT is_active";
  private static final String SELECT =
      """
      SELECT u.*, ARRAY(SELECT r.role FROM user_roles r WHERE r.user_id = u.user_id) AS roles
      FROM users u
      """;
  static final String BY_ID = SELECT + "WHERE u.user_id = $1 AND u.deleted_at IS NULL";
  private static final String BY_ID_WITH_DELETED = SELECT + "WHERE u.user_id = $1";
  private static final String LOCK = "SELECT 1 FROM users WHERE user_id = $1 FOR UPDATE";
  static final String BY_USERNAME =
      SELECT + "WHERE LOWER(u.username) = LOWER($1) AND u.deleted_at IS NULL";
  static final String BY_EMAIL_WITH_DELETED = SELECT + "WHERE LOWER(u.email) = LOWER($1)";
  static final String BY_EMAIL = BY_EMAIL_WITH_DELETED + " AND u.deleted_at IS NULL";
  static final String BY_SSO_WITH_DELETED =
      SELECT + "WHERE u.sso_provider = $1 AND u.sso_provider_id = $2";
  static final String BY_SSO = BY_SSO_WITH_DELETED + " AND u.deleted_at IS NULL";
  static final String LIST =
      SELECT
          + """
          WHERE u.deleted_at IS NULL
          ORDER BY u.created_at, u.user_id
          LIMIT $1 OFFSET $2
          """;
  private static final String COUNT = "SELECT count(*) FROM users WHERE deleted_at IS NULL";

  // Ranges, not patterns: the text has no wildcards, and every plan can walk the indexes.
  private static final String BEGINS_WITH_TEXT =
      """
      u.deleted_at IS NULL
        AND ((LOWER(u.username) ~>=~ LOWER($1)
            AND LOWER(u.username) ~<~ (LOWER($1) || chr(1114111)))
          OR (LOWER(u.email) ~>=~ LOWER($1)
            AND LOWER(u.email) ~<~ (LOWER($1) || chr(1114111)))
          OR (LOWER(u.display_name) ~>=~ LOWER($1)
            AND LOWER(u.display_name) ~<~ (LOWER($1) || chr(1114111))))
      """;
  static final String SEARCH =
      SELECT + "WHERE " + BEGINS_WITH_TEXT + "ORDER BY u.created_at, u.user_id LIMIT $2 OFFSET $3";
  static final String COUNT_SEARCH = "SELECT count(*) FROM users u WHERE " + BEGINS_WITH_TEXT;

  private static final String SAVE =
      """
      WITH stored AS (
        INSERT INTO users (
          user_id, username, email, hashed_password, is_active, display_name, avatar_url,
          timezone, locale, is_email_verified, email_verified_at, sso_provider, sso_provider_id,
          created_at, updated_at, last_login_at, last_password_change_at, deleted_at)
        VALUES (
          $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)
        ON CONFLICT (user_id) DO UPDATE SET
          username = EXCLUDED.username,
          email = EXCLUDED.email,
          hashed_password = EXCLUDED.hashed_password,
          is_active = EXCLUDED.is_active,
          display_name = EXCLUDED.display_name,
          avatar_url = EXCLUDED.avatar_url,
          timezone = EXCLUDED.timezone,
          locale = EXCLUDED.locale,
          is_email_verified = EXCLUDED.is_email_verified,
          email_verified_at = EXCLUDED.email_verified_at,
          sso_provider = EXCLUDED.sso_provider,
          sso_provider_id = EXCLUDED.sso_provider_id,
          created_at = EXCLUDED.created_at,
          updated_at = EXCLUDED.updated_at,
          last_login_at = EXCLUDED.last_login_at,
          last_password_change_at = EXCLUDED.last_password_change_at,
          deleted_at = EXCLUDED.deleted_at
        RETURNING user_id
      ), lost AS (
        DELETE FROM user_roles WHERE user_id = $1 AND role <> ALL ($19::TEXT[])
      )
      INSERT INTO user_roles (user_id, role)
      SELECT stored.user_id, role FROM stored, unnest($19::TEXT[]) AS role
      ON CONFLICT DO NOTHING
      """;
  private static final String DELETE =
      """
      UPDATE users SET deleted_at = $2, updated_at = $2
      WHERE user_id = $1 AND deleted_at IS NULL
      """;
  private static final String RECORD_LOGIN =
      """
      UPDATE users u
      SET last_login_at = $2, hashed_password = COALESCE($3, u.hashed_password)
      WHERE u.user_id = $1 AND u.is_active AND u.deleted_at IS NULL
        AND ($4::TEXT IS NULL OR u.hashed_password = $4)
      """;
  private static final String TURN_FOR_ADMINS =
      "SELECT pg_advisory_xact_lock(hashtextextended('faultmaven.administrators', 0))";
  static final String ACTIVE_ADMIN =
      """
      SELECT EXISTS (
        SELECT 1 FROM user_roles r JOIN users u USING (user_id)
        WHERE r.role = 'admin' AND r.user_id = $1 AND u.is_active AND u.deleted_at IS NULL)
      """;
  static final String OTHER_ADMIN =
      """
      SELECT EXISTS (
        SELECT 1 FROM user_roles r JOIN users u USING (user_id)
        WHERE r.role = 'admin' AND r.user_id <> $1 AND u.is_active AND u.deleted_at IS NULL)
      """;

  private final Pool pool;
  private final Transactions transactions;
  private final Event<AccountChanged> changed;
  private final Clock clock;

  /** Wires the bean; the clock stamps deletions. */
  @Inject
  public PostgresUserRepository(
      Pool pool, Transactions transactions, Event<AccountChanged> changed, Clock clock) {
    this.pool = pool;
    this.transactions = transactions;
    this.changed = changed;
    this.clock = clock;
  }

  @Override
  public Uni<User> save(User user) {
    return translated(write(pool, user))
        .onTermination()
        .invoke(() -> changed.fire(new AccountChanged(user.userId())));
  }

  @Override
  public Uni<User> save(SqlConnection transaction, User user) {
    return writeAndTell(transaction, user);
  }

  @Override
  public Uni<Optional<User>> update(String userId, UnaryOperator<User> change) {
    return translated(transactions.inTransaction(tx -> update(tx, userId, change)));
  }

  @Override
  public Uni<Optional<User>> update(
      SqlConnection transaction, String userId, UnaryOperator<User> change) {
    // Two statements: one that has waited for the lock would still see the roles of before.
    return transaction
        .preparedQuery(LOCK)
        .execute(Tuple.of(userId))
        .flatMap(locked -> one(transaction, BY_ID_WITH_DELETED, Tuple.of(userId)))
        .flatMap(
            found ->
                found.isEmpty()
                    ? Uni.createFrom().item(found)
                    : writeAndTell(transaction, change.apply(found.get())).map(Optional::of));
  }

  @Override
  public Uni<Optional<User>> get(String userId) {
    return translated(one(pool, BY_ID, Tuple.of(userId)));
  }

  @Override
  public Uni<Optional<User>> get(SqlConnection transaction, String userId) {
    return one(transaction, BY_ID, Tuple.of(userId));
  }

  @Override
  public Uni<Optional<User>> getIncludingDeleted(String userId) {
    return translated(one(pool, BY_ID_WITH_DELETED, Tuple.of(userId)));
  }

  @Override
  public Uni<Optional<User>> getByUsername(String username) {
    return translated(one(pool, BY_USERNAME, Tuple.of(username)));
  }

  @Override
  public Uni<Optional<User>> getByEmail(String email) {
    return translated(one(pool, BY_EMAIL, Tuple.of(email)));
  }

  @Override
  public Uni<Optional<User>> getBySso(String provider, String providerId) {
    return translated(one(pool, BY_SSO, Tuple.of(provider, providerId)));
  }

  @Override
  public Uni<Optional<User>> getBySsoIncludingDeleted(
      SqlConnection transaction, String provider, String providerId) {
    return one(transaction, BY_SSO_WITH_DELETED, Tuple.of(provider, providerId));
  }

  @Override
  public Uni<Optional<User>> getByEmailIncludingDeleted(SqlConnection transaction, String email) {
    return one(transaction, BY_EMAIL_WITH_DELETED, Tuple.of(email));
  }

  @Override
  public Uni<Page<User>> list(PageRequest page) {
    return page(COUNT, Tuple.tuple(), LIST, Tuple.of(page.limit(), page.offset()), page);
  }

  @Override
  public Uni<Page<User>> search(String text, PageRequest page) {
    return page(
        COUNT_SEARCH, Tuple.of(text), SEARCH, Tuple.of(text, page.limit(), page.offset()), page);
  }

  @Override
  public Uni<Boolean> delete(String userId) {
    Tuple row = Tuple.of(userId, Rows.utc(clock.instant()));
    return translated(pool.preparedQuery(DELETE).execute(row).map(rows -> rows.rowCount() == 1))
        .onTermination()
        .invoke(() -> changed.fire(new AccountChanged(userId)));
  }

  @Override
  public Uni<Optional<User>> recordLogin(
      SqlConnection transaction,
      String userId,
      Instant at,
      SignIn.@Nullable ProvenPassword password) {
    Tuple row =
        Tuple.tuple()
            .addString(userId)
            .addOffsetDateTime(Rows.utc(at))
            .addString(password == null ? null : password.newHash())
            .addString(password == null ? null : password.hash());
    tell(transaction, userId);
    // Sent together, yet two statements: the second sees what was committed while the first waited
    // for the row. The roles that it reads go into a token.
    return Uni.combine()
        .all()
        .unis(
            transaction.preparedQuery(RECORD_LOGIN).execute(row),
            one(transaction, BY_ID, Tuple.of(userId)))
        .asTuple()
        .map(both -> both.getItem1().rowCount() == 0 ? Optional.empty() : both.getItem2());
  }

  @Override
  public Uni<Boolean> isActiveAdmin(SqlConnection transaction, String userId) {
    return inTurn(transaction, ACTIVE_ADMIN, userId);
  }

  @Override
  public Uni<Boolean> hasOtherAdmin(SqlConnection transaction, String userId) {
    return inTurn(transaction, OTHER_ADMIN, userId);
  }

  @Override
  public Uni<Boolean> isBeingErased(SqlConnection transaction, String userId) {
    return exists(transaction, BEING_ERASED, userId);
  }

  @Override
  public Uni<Boolean> isDeactivated(SqlConnection transaction, String userId) {
    return exists(transaction, DEACTIVATED, userId);
  }

  private static Uni<Boolean> exists(SqlConnection transaction, String question, String userId) {
    return transaction
        .preparedQuery(question)
        .execute(Tuple.of(userId))
        .map(rows -> rows.rowCount() > 0);
  }

  private static Uni<Boolean> inTurn(SqlConnection transaction, String question, String userId) {
    return transaction
        .query(TURN_FOR_ADMINS)
        .execute()
        .flatMap(turn -> transaction.preparedQuery(question).execute(Tuple.of(userId)))
        .map(rows -> rows.iterator().next().getBoolean(0));
  }

  private Uni<Page<User>> page(
      String count, Tuple countRow, String items, Tuple itemsRow, PageRequest page) {
    return translated(
        transactions.withConnection(
            connection ->
                connection
                    .preparedQuery(count)
                    .execute(countRow)
                    .map(rows -> rows.iterator().next().getLong(0))
                    .flatMap(
                        total ->
                            connection
                                .preparedQuery(items)
                                .execute(itemsRow)
                                .map(
                                    rows ->
                                        Page.of(
                                            StreamSupport.stream(rows.spliterator(), false)
                                                .map(PostgresUserRepository::user)
                                                .toList(),
                                            total,
                                            page)))));
  }

  private Uni<User> writeAndTell(SqlConnection transaction, User user) {
    tell(transaction, user.userId());
    return write(transaction, user);
  }

  private void tell(SqlConnection transaction, String userId) {
    transactions.afterEnd(transaction, () -> changed.fire(new AccountChanged(userId)));
  }

  private static Uni<User> write(SqlClient client, User user) {
    return client
        .preparedQuery(SAVE)
        .execute(row(user))
        .replaceWith(user)
        .onFailure(failure -> takenField(failure).isPresent())
        .transform(failure -> new DuplicateKeyException(takenField(failure).orElseThrow()));
  }

  private static Optional<String> takenField(Throwable failure) {
    return DatabaseFailures.uniqueViolation(failure).map(UNIQUE_FIELDS::get);
  }

  private static Tuple row(User user) {
    return Tuple.tuple()
        .addString(user.userId())
        .addString(user.username())
        .addString(user.email())
        .addString(user.hashedPassword())
        .addBoolean(user.isActive())
        .addString(user.displayName())
        .addString(user.avatarUrl())
        .addString(user.timezone())
        .addString(user.locale())
        .addBoolean(user.isEmailVerified())
        .addOffsetDateTime(Rows.utcOrNull(user.emailVerifiedAt()))
        .addString(user.ssoProvider())
        .addString(user.ssoProviderId())
        .addOffsetDateTime(Rows.utc(user.createdAt()))
        .addOffsetDateTime(Rows.utc(user.updatedAt()))
        .addOffsetDateTime(Rows.utcOrNull(user.lastLoginAt()))
        .addOffsetDateTime(Rows.utcOrNull(user.lastPasswordChangeAt()))
        .addOffsetDateTime(Rows.utcOrNull(user.deletedAt()))
        .addArrayOfString(user.roles().stream().map(Role::wireName).toArray(String[]::new));
  }

  private static Uni<Optional<User>> one(SqlClient client, String sql, Tuple row) {
    return client.preparedQuery(sql).execute(row).map(PostgresUserRepository::first);
  }

  private static Optional<User> first(RowSet<Row> rows) {
    RowIterator<Row> all = rows.iterator();
    return all.hasNext() ? Optional.of(user(all.next())) : Optional.empty();
  }

  /** Reads an account with its roles from a row of {@code users}. */
  static User user(Row row) {
    Set<Role> roles =
        Arrays.stream(row.getArrayOfStrings("roles"))
            .map(name -> WireName.require(Role.class, name))
            .collect(Collectors.toSet());
    return User.create(
            row.getString("user_id"),
            row.getString("username"),
            row.getString("email"),
            Rows.instant(row, "created_at"))
        .hashedPassword(row.getString("hashed_password"))
        .isActive(row.getBoolean("is_active"))
        .displayName(row.getString("display_name"))
        .avatarUrl(row.getString("avatar_url"))
        .timezone(row.getString("timezone"))
        .locale(row.getString("locale"))
        .isEmailVerified(row.getBoolean("is_email_verified"))
        .emailVerifiedAt(Rows.instantOrNull(row, "email_verified_at"))
        .ssoProvider(row.getString("sso_provider"))
        .ssoProviderId(row.getString("sso_provider_id"))
        .updatedAt(Rows.instant(row, "updated_at"))
        .lastLoginAt(Rows.instantOrNull(row, "last_login_at"))
        .lastPasswordChangeAt(Rows.instantOrNull(row, "last_password_change_at"))
        .deletedAt(Rows.instantOrNull(row, "deleted_at"))
        .roles(roles)
        .build();
  }

  private static <T> Uni<T> translated(Uni<T> uni) {
    return uni.onFailure().transform(DatabaseFailures::translate);
  }
}
