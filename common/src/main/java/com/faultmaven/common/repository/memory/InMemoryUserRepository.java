package com.faultmaven.common.repository.memory;

import com.faultmaven.common.model.user.User;
import com.faultmaven.common.repository.DuplicateKeyException;
import com.faultmaven.common.repository.UserRepository;
import com.faultmaven.common.web.Page;
import com.faultmaven.common.web.PageRequest;
import io.smallrye.mutiny.Uni;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Accounts in the memory of this process (specification 2.3). */
public final class InMemoryUserRepository implements UserRepository {
  private static final Comparator<User> OLDEST_FIRST =
      Comparator.comparing(User::createdAt).thenComparing(User::userId);

  private final Clock clock;
  private final Map<String, User> users = new HashMap<>();

  /** An empty repository; the clock stamps deletions. */
  public InMemoryUserRepository(Clock clock) {
    this.clock = clock;
  }

  @Override
  public Uni<User> save(User user) {
    return Uni.createFrom().item(() -> put(user));
  }

  @Override
  public Uni<Optional<User>> update(String userId, UnaryOperator<User> change) {
    return Uni.createFrom()
        .item(
            () -> {
              synchronized (users) {
                return find(userId).map(change).map(this::put);
              }
            });
  }

  @Override
  public Uni<Optional<User>> get(String userId) {
    return first(user -> user.userId().equals(userId));
  }

  @Override
  public Uni<Optional<User>> getIncludingDeleted(String userId) {
    return Uni.createFrom()
        .item(
            () -> {
              synchronized (users) {
                return find(userId);
              }
            });
  }

  @Override
  public Uni<Optional<User>> getByUsername(String username) {
    return first(user -> fold(user.username()).equals(fold(username)));
  }

  @Override
  public Uni<Optional<User>> getByEmail(String email) {
    return first(user -> fold(user.email()).equals(fold(email)));
  }

  @Override
  public Uni<Optional<User>> getBySso(String provider, String providerId) {
    return first(
        user -> provider.equals(user.ssoProvider()) && providerId.equals(user.ssoProviderId()));
  }

  @Override
  public Uni<Page<User>> list(PageRequest page) {
    return page(page, user -> true);
  }

  @Override
  public Uni<Page<User>> search(String text, PageRequest page) {
    String wanted = fold(text);
    return page(
        page,
        user ->
            Stream.of(user.username(), user.email(), user.displayName())
                .anyMatch(value -> fold(value).startsWith(wanted)));
  }

  @Override
  public Uni<Boolean> delete(String userId) {
    return Uni.createFrom()
        .item(
            () -> {
              synchronized (users) {
                Optional<User> living = find(userId).filter(user -> user.deletedAt() == null);
                Instant now = clock.instant();
                living.ifPresent(
                    user -> put(user.toBuilder().deletedAt(now).updatedAt(now).build()));
                return living.isPresent();
              }
            });
  }

  private Optional<User> find(String userId) {
    return Optional.ofNullable(users.get(userId));
  }

  private User put(User user) {
    synchronized (users) {
      for (User other : users.values()) {
        if (!other.userId().equals(user.userId())) {
          refuseSame(user, other);
        }
      }
      users.put(user.userId(), user);
      return user;
    }
  }

  private static void refuseSame(User user, User other) {
    if (fold(other.username()).equals(fold(user.username()))) {
      throw new DuplicateKeyException("username");
    }
    if (fold(other.email()).equals(fold(user.email()))) {
      throw new DuplicateKeyException("email");
    }
    if (user.ssoProvider() != null
        && user.ssoProvider().equals(other.ssoProvider())
        && Objects.equals(user.ssoProviderId(), other.ssoProviderId())) {
      throw new DuplicateKeyException("sso_provider_id");
    }
  }

  private Uni<Optional<User>> first(Predicate<User> wanted) {
    return Uni.createFrom().item(() -> living(wanted).stream().findFirst());
  }

  private Uni<Page<User>> page(PageRequest page, Predicate<User> wanted) {
    return Uni.createFrom()
        .item(
            () -> {
              List<User> all = living(wanted);
              List<User> items = all.stream().skip(page.offset()).limit(page.limit()).toList();
              return Page.of(items, all.size(), page);
            });
  }

  private List<User> living(Predicate<User> wanted) {
    synchronized (users) {
      return users.values().stream()
          .filter(user -> user.deletedAt() == null)
          .filter(wanted)
          .sorted(OLDEST_FIRST)
          .toList();
    }
  }

  /** Character by character, as PostgreSQL's LOWER: no character becomes two. */
  private static String fold(String text) {
    return text.codePoints()
        .map(Character::toLowerCase)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }
}
