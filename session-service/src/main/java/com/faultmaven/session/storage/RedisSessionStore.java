package com.faultmaven.session.storage;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.faultmaven.common.model.WireName;
import com.faultmaven.common.model.session.Session;
import com.faultmaven.common.repository.StorageUnavailableException;
import com.faultmaven.session.domain.EndReason;
import com.faultmaven.session.domain.EndedSession;
import com.faultmaven.session.domain.LiveSessions;
import com.faultmaven.session.domain.SessionSettings;
import io.quarkus.redis.datasource.ReactiveRedisDataSource;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.redis.client.Response;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Live sessions in Redis, encrypted, with the TTL that Redis keeps (specification 3.5). Each change
 * is one script on the server; a change of a session is a compare-and-set, repeated while other
 * writers come in between. A value that cannot be decrypted is no session.
 */
@ApplicationScoped
@RegisterForReflection(targets = Session.class)
public class RedisSessionStore implements LiveSessions {
  private static final Logger LOG = Logger.getLogger(RedisSessionStore.class);
  private static final int REPLACED = 1;
  private static final int GONE = 0;

  private final ReactiveRedisDataSource redis;
  private final SessionCipher cipher;
  private final ObjectReader reader;
  private final ObjectWriter writer;
  private final SessionSettings settings;

  /** Wires the bean. */
  @Inject
  public RedisSessionStore(
      ReactiveRedisDataSource redis,
      SessionCipher cipher,
      ObjectMapper json,
      SessionSettings settings) {
    this.redis = redis;
    this.cipher = cipher;
    this.reader =
        json.readerFor(Session.class).without(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
    this.writer = json.writerFor(Session.class);
    this.settings = settings;
  }

  /** A session and the value from which it was read. */
  private record Stored(Session session, String value) {}

  @Override
  public Uni<Optional<Session>> get(String sessionId) {
    return stored(sessionId).map(found -> found.map(Stored::session));
  }

  @Override
  public Uni<Void> set(Session session, Duration ttl) {
    String value = sealed(session);
    return write(SessionScripts.SET, session, ttl, value).replaceWithVoid();
  }

  @Override
  public Uni<Optional<Session>> update(String sessionId, UnaryOperator<Session> change) {
    return update(sessionId, change, settings.writeAttempts());
  }

  @Override
  public Uni<Boolean> delete(String sessionId) {
    return stored(sessionId)
        .flatMap(
            found ->
                found.isEmpty()
                    ? call("DEL", SessionKeys.session(sessionId)).map(Response::toInteger)
                    : eval(
                        SessionScripts.DELETE,
                        List.of(
                            SessionKeys.session(sessionId),
                            SessionKeys.user(found.get().session().userId())),
                        sessionId))
        .map(deleted -> deleted == 1);
  }

  @Override
  public Uni<Boolean> exists(String sessionId) {
    return get(sessionId).map(Optional::isPresent);
  }

  @Override
  public Uni<Boolean> extendTtl(String sessionId, Duration ttl) {
    return stored(sessionId)
        .flatMap(
            found ->
                found.isEmpty()
                    ? Uni.createFrom().item(GONE)
                    : write(SessionScripts.EXTEND, found.get().session(), ttl))
        .map(extended -> extended != GONE);
  }

  @Override
  public Uni<Optional<Duration>> timeToLive(String sessionId) {
    return call("PTTL", SessionKeys.session(sessionId))
        .map(Response::toLong)
        .map(left -> left < 0 ? Optional.empty() : Optional.of(Duration.ofMillis(left)));
  }

  @Override
  public Uni<Optional<String>> findByUserAndClient(String userId, String clientId) {
    return call("GET", SessionKeys.client(userId, clientId))
        .map(found -> Optional.ofNullable(found).map(Response::toString));
  }

  @Override
  public Uni<Void> indexSessionByClient(
      String userId, String clientId, String sessionId, Duration ttl) {
    return call("SET", SessionKeys.client(userId, clientId), sessionId, "PX", millis(ttl))
        .replaceWithVoid();
  }

  @Override
  public Uni<Boolean> claimClientIndex(
      String userId, String clientId, Optional<String> expected, String sessionId, Duration ttl) {
    return eval(
            SessionScripts.CLAIM,
            List.of(SessionKeys.client(userId, clientId)),
            millis(ttl),
            sessionId,
            expected.orElse(""))
        .map(claimed -> claimed == 1);
  }

  @Override
  public Uni<Boolean> removeClientIndex(String userId, String clientId) {
    return call("DEL", SessionKeys.client(userId, clientId))
        .map(deleted -> deleted.toInteger() == 1);
  }

  @Override
  public Uni<Boolean> removeClientIndex(String userId, String clientId, String sessionId) {
    return eval(SessionScripts.RELEASE, List.of(SessionKeys.client(userId, clientId)), sessionId)
        .map(deleted -> deleted == 1);
  }

  @Override
  public Uni<UserSessions> ofUser(String userId, int limit, int offset) {
    String last = Long.toString((long) offset + limit - 1);
    return call(
            "EVAL",
            SessionScripts.LIST,
            "1",
            SessionKeys.user(userId),
            Integer.toString(offset),
            last)
        .flatMap(
            answer -> {
              List<String> ids = new ArrayList<>();
              for (int i = 1; i < answer.size(); i++) {
                ids.add(answer.get(i).toString());
              }
              return all(ids).map(sessions -> new UserSessions(sessions, answer.get(0).toLong()));
            });
  }

  @Override
  public Uni<Optional<EndedSession>> end(
      String sessionId, Predicate<Session> condition, EndReason reason, Instant at) {
    return end(sessionId, condition, reason, at, settings.writeAttempts());
  }

  @Override
  public Uni<Optional<EndedSession>> ending(String sessionId) {
    return call("HGET", SessionKeys.ENDING, sessionId)
        .map(entry -> entry == null ? Optional.empty() : ended(sessionId, entry.toString()));
  }

  /** Any of them, so that those which cannot be read do not stand in the way of the others. */
  @Override
  public Uni<List<EndedSession>> ending(int limit) {
    return call("HRANDFIELD", SessionKeys.ENDING, Integer.toString(limit))
        .flatMap(
            answer -> {
              List<String> ids = new ArrayList<>();
              if (answer != null) {
                answer.forEach(id -> ids.add(id.toString()));
              }
              return ids.isEmpty() ? Uni.createFrom().item(List.of()) : ending(ids);
            });
  }

  @Override
  public Uni<Void> forgetEnding(List<String> sessionIds) {
    String[] arguments =
        Stream.concat(Stream.of(SessionKeys.ENDING), sessionIds.stream()).toArray(String[]::new);
    return sessionIds.isEmpty()
        ? Uni.createFrom().voidItem()
        : call("HDEL", arguments).replaceWithVoid();
  }

  private Uni<List<EndedSession>> ending(List<String> ids) {
    String[] arguments =
        Stream.concat(Stream.of(SessionKeys.ENDING), ids.stream()).toArray(String[]::new);
    return call("HMGET", arguments)
        .map(
            entries -> {
              List<EndedSession> sessions = new ArrayList<>();
              for (int i = 0; i < ids.size(); i++) {
                Response entry = entries.get(i);
                if (entry != null) {
                  ended(ids.get(i), entry.toString()).ifPresent(sessions::add);
                }
              }
              return sessions;
            });
  }

  private Uni<Optional<EndedSession>> end(
      String sessionId, Predicate<Session> condition, EndReason reason, Instant at, int attempts) {
    if (attempts == 0) {
      return contended();
    }
    return stored(sessionId)
        .flatMap(
            found -> {
              if (found.isEmpty() || !condition.test(found.get().session())) {
                return Uni.createFrom().item(Optional.<EndedSession>empty());
              }
              Session session = found.get().session();
              String value = found.get().value();
              return eval(
                      SessionScripts.END,
                      List.of(
                          SessionKeys.session(sessionId),
                          SessionKeys.client(session),
                          SessionKeys.user(session.userId()),
                          SessionKeys.ENDING),
                      sessionId,
                      value,
                      String.join(" ", reason.wireName(), at.toString(), value))
                  .flatMap(
                      outcome ->
                          switch (outcome) {
                            case REPLACED ->
                                Uni.createFrom()
                                    .item(Optional.of(new EndedSession(session, at, reason)));
                            case GONE -> Uni.createFrom().item(Optional.<EndedSession>empty());
                            default -> end(sessionId, condition, reason, at, attempts - 1);
                          });
            });
  }

  /** Reads an entry of the ending sessions: the reason, the time and the value as it was. */
  private Optional<EndedSession> ended(String sessionId, String entry) {
    String[] parts = entry.split(" ", 3);
    if (parts.length != 3) {
      LOG.warnf("An entry in Redis is no ending session and stays there: %s", sessionId);
      return Optional.empty();
    }
    return opened(SessionKeys.session(sessionId), parts[2])
        .map(
            stored ->
                new EndedSession(
                    stored.session(),
                    Instant.parse(parts[1]),
                    WireName.require(EndReason.class, parts[0])));
  }

  private static <T> Uni<T> contended() {
    return Uni.createFrom()
        .failure(
            new StorageUnavailableException(
                "redis", new IllegalStateException("too many writers of one session")));
  }

  private Uni<Optional<Session>> update(
      String sessionId, UnaryOperator<Session> change, int attempts) {
    if (attempts == 0) {
      return contended();
    }
    return stored(sessionId)
        .flatMap(
            found -> {
              if (found.isEmpty()) {
                return Uni.createFrom().item(Optional.<Session>empty());
              }
              Session changed = change.apply(found.get().session());
              return write(
                      SessionScripts.REPLACE,
                      changed,
                      changed.ttl(),
                      sealed(changed),
                      found.get().value())
                  .flatMap(
                      outcome ->
                          switch (outcome) {
                            case REPLACED -> Uni.createFrom().item(Optional.of(changed));
                            case GONE -> Uni.createFrom().item(Optional.<Session>empty());
                            default -> update(sessionId, change, attempts - 1);
                          });
            });
  }

  private Uni<Optional<Stored>> stored(String sessionId) {
    String key = SessionKeys.session(sessionId);
    return call("GET", key)
        .map(value -> value == null ? Optional.empty() : opened(key, value.toString()));
  }

  private Uni<List<Session>> all(List<String> ids) {
    if (ids.isEmpty()) {
      return Uni.createFrom().item(List.of());
    }
    String[] keys = ids.stream().map(SessionKeys::session).toArray(String[]::new);
    return call("MGET", keys)
        .map(
            values -> {
              List<Session> sessions = new ArrayList<>();
              for (int i = 0; i < keys.length; i++) {
                Response value = values.get(i);
                if (value != null) {
                  opened(keys[i], value.toString()).map(Stored::session).ifPresent(sessions::add);
                }
              }
              return sessions;
            });
  }

  private Optional<Stored> opened(String key, String value) {
    Optional<byte[]> plain = cipher.open(key, value);
    if (plain.isEmpty()) {
      LOG.warnf("A value in Redis cannot be decrypted and counts as no session: %s", key);
      return Optional.empty();
    }
    try {
      Session session = reader.readValue(plain.get());
      return Optional.of(new Stored(session, value));
    } catch (IOException e) {
      LOG.warnf("A value in Redis is not a session and counts as none: %s", key);
      return Optional.empty();
    }
  }

  private String sealed(Session session) {
    try {
      return cipher.seal(
          SessionKeys.session(session.sessionId()), writer.writeValueAsBytes(session));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a session cannot be written as JSON", e);
    }
  }

  private Uni<Integer> write(String script, Session session, Duration ttl, String... more) {
    String[] arguments =
        Stream.concat(Stream.of(millis(ttl), session.sessionId()), Arrays.stream(more))
            .toArray(String[]::new);
    return eval(
        script,
        List.of(
            SessionKeys.session(session.sessionId()),
            SessionKeys.client(session),
            SessionKeys.user(session.userId())),
        arguments);
  }

  private Uni<Integer> eval(String script, List<String> keys, String... arguments) {
    String[] all =
        Stream.of(
                Stream.of(script, Integer.toString(keys.size())),
                keys.stream(),
                Arrays.stream(arguments))
            .flatMap(part -> part)
            .toArray(String[]::new);
    return call("EVAL", all).map(Response::toInteger);
  }

  private Uni<@Nullable Response> call(String command, String... arguments) {
    return redis
        .execute(command, arguments)
        .ifNoItem()
        .after(settings.redisTimeout())
        .fail()
        .onFailure()
        .transform(failure -> new StorageUnavailableException("redis", failure));
  }

  private static String millis(Duration ttl) {
    if (ttl.toSeconds() < 1) {
      throw new IllegalArgumentException("a TTL is at least one second");
    }
    return Long.toString(ttl.toMillis());
  }
}
