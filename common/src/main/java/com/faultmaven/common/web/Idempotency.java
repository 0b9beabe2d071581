package com.faultmaven.common.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.faultmaven.common.db.Rows;
import com.faultmaven.common.db.Transactions;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.HexFormat;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Requests that create, made safe to repeat (API, first section): the same {@code Idempotency-Key}
 * with the same request is answered by the first answer again for 24 hours, with another request it
 * is refused. The answer is kept in the transaction that made the thing: there is never one without
 * the other. Of two requests at the same time the second waits for the first.
 */
@ApplicationScoped
public class Idempotency {
  private static final Pattern KEY = Pattern.compile("[\\x21-\\x7e]{1,200}");

  private static final String FORGET =
      "DELETE FROM idempotency_keys WHERE owner_id = $1 AND key = $2 AND created_at < $3";
  private static final String CLAIM =
      """
      INSERT INTO idempotency_keys (owner_id, key, request_hash, created_at)
      VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING
      """;
  private static final String KEEP =
      "UPDATE idempotency_keys SET location = $3, body = $4 WHERE owner_id = $1 AND key = $2";
  private static final String FIND =
      "SELECT request_hash, location, body FROM idempotency_keys WHERE owner_id = $1 AND key = $2";

  private final Transactions transactions;
  private final IdempotencySettings settings;
  private final ObjectMapper json;
  private final Clock clock;

  /** Wires the bean. */
  @Inject
  public Idempotency(
      Transactions transactions, IdempotencySettings settings, ObjectMapper json, Clock clock) {
    this.transactions = transactions;
    this.settings = settings;
    this.json = json;
    this.clock = clock;
  }

  /**
   * Creates something once.
   *
   * @param key the request's {@code Idempotency-Key}, null when it has none
   * @param ownerId whose key it is: keys of different callers never meet
   * @param request what was asked for, comparable by its JSON; with the path where that matters
   * @param type class of the answer's body
   * @param work makes the thing within the transaction; may run again after a conflict
   * @return what was made; fails with {@link Problem} 400 for a bad key and 422 {@code
   *     idempotency-key-reused} for a key that came with another request
   */
  public <T> Uni<Created<T>> create(
      @Nullable String key,
      String ownerId,
      Object request,
      Class<T> type,
      Function<SqlConnection, Uni<Created<T>>> work) {
    if (key == null) {
      return transactions.inTransaction(work);
    }
    if (!KEY.matcher(key).matches()) {
      return Uni.createFrom()
          .failure(
              Problem.invalid("Idempotency-Key", "must be 1 to 200 printable ASCII characters"));
    }
    String hash = hash(request, type);
    return transactions.inTransaction(
        tx ->
            claim(tx, ownerId, key, hash)
                .flatMap(
                    claimed ->
                        claimed
                            ? work.apply(tx).flatMap(created -> keep(tx, ownerId, key, created))
                            : firstAnswer(tx, ownerId, key, hash, type)));
  }

  private Uni<Boolean> claim(SqlConnection tx, String ownerId, String key, String hash) {
    Tuple old = Tuple.of(ownerId, key, Rows.utc(clock.instant().minus(settings.keep())));
    Tuple row = Tuple.of(ownerId, key, hash, Rows.utc(clock.instant()));
    return tx.preparedQuery(FORGET)
        .execute(old)
        .flatMap(forgotten -> tx.preparedQuery(CLAIM).execute(row))
        .map(rows -> rows.rowCount() == 1);
  }

  private <T> Uni<Created<T>> keep(
      SqlConnection tx, String ownerId, String key, Created<T> created) {
    Tuple row = Tuple.of(ownerId, key, created.location(), write(created.body()));
    return tx.preparedQuery(KEEP).execute(row).replaceWith(created);
  }

  private <T> Uni<Created<T>> firstAnswer(
      SqlConnection tx, String ownerId, String key, String hash, Class<T> type) {
    return tx.preparedQuery(FIND)
        .execute(Tuple.of(ownerId, key))
        .map(
            rows -> {
              Row row = rows.iterator().next();
              if (!row.getString("request_hash").equals(hash)) {
                throw Problem.of(
                    422,
                    "idempotency-key-reused",
                    "This Idempotency-Key came with another request before; use a new key.");
              }
              return new Created<>(
                  row.getString("location"), read(row.getString("body"), type), true);
            });
  }

  private String hash(Object request, Class<?> type) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(type.getName().getBytes(UTF_8));
      return HexFormat.of().formatHex(digest.digest(write(request).getBytes(UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private String write(Object value) {
    try {
      return json.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(value.getClass() + " cannot be written as JSON", e);
    }
  }

  private <T> T read(String body, Class<T> type) {
    try {
      return json.readerFor(type)
          .without(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .readValue(body);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a kept answer cannot be read as " + type, e);
    }
  }
}
