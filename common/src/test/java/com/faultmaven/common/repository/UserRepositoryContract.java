package com.faultmaven.common.repository;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.faultmaven.common.id.Ids;
import com.faultmaven.common.model.user.Role;
import com.faultmaven.common.model.user.User;
import com.faultmaven.common.model.user.UserBuilder;
import com.faultmaven.common.web.Page;
import com.faultmaven.common.web.PageRequest;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every {@link UserRepository} does. The repository may hold other accounts already. */
public abstract class UserRepositoryContract {
  private static final Instant NOW = Instant.parse("2026-03-01T10:00:00.123Z");

  protected abstract UserRepository repository();

  @Test
  void givesBackEveryField() {
    User user =
        account()
            .hashedPassword("$argon2id$v=19$m=19456,t=2,p=1$c2FsdA$aGFzaA")
            .displayName("Zoë Ångström")
            .avatarUrl("https://example.org/z.png")
            .timezone("Europe/Stockholm")
            .locale("sv-SE")
            .isEmailVerified(true)
            .emailVerifiedAt(NOW.plusSeconds(1))
            .ssoProvider("google")
            .ssoProviderId(Ids.next())
            .lastLoginAt(NOW.plusSeconds(2))
            .lastPasswordChangeAt(NOW.plusSeconds(3))
            .roles(Set.of(Role.USER, Role.ADMIN))
            .build();

    assertThat(await(repository().save(user))).isEqualTo(user);

    assertThat(await(repository().get(user.userId()))).contains(user);
    assertThat(await(repository().getBySso("google", requireNonNull(user.ssoProviderId()))))
        .contains(user);
    assertThat(await(repository().getBySso("okta", requireNonNull(user.ssoProviderId()))))
        .isEmpty();
  }

  @Test
  void findsNamesAndAddressesWhateverTheirCase() {
    User user = saved(account().build());

    assertThat(await(repository().getByUsername(user.username().toUpperCase(Locale.ROOT))))
        .contains(user);
    assertThat(await(repository().getByEmail(user.email().toUpperCase(Locale.ROOT))))
        .contains(user);
    assertThat(await(repository().getByUsername("nobody-" + Ids.next()))).isEmpty();
    assertThat(await(repository().getByEmail("nobody-" + Ids.next() + "@example.org"))).isEmpty();
    assertThat(await(repository().get(Ids.next()))).isEmpty();
  }

  /** Letters of any script: each in its two cases is one letter, and none becomes another. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void comparesNamesOfAnyScriptWithoutRegardToCase(long seed) {
    Random random = new Random(seed);
    String name = letters(random, 12) + Ids.next();
    User user = saved(User.create(Ids.next(), name, name + "@example.org", NOW).build());
    String mixed = withCases(name, random);

    assertThat(await(repository().getByUsername(mixed))).contains(user);
    assertThat(await(repository().getByEmail(mixed + "@example.org"))).contains(user);
    assertTaken("username", account().username(mixed));
    assertTaken("email", account().email(mixed + "@EXAMPLE.org"));
    assertThat(await(repository().search(mixed, new PageRequest(5, 0))).items())
        .containsExactly(user);
    assertThat(await(repository().getByUsername(letters(random, 1) + mixed))).isEmpty();
  }

  /** Of Latin, Greek, Cyrillic, Armenian and Deseret, whose letters take two characters in Java. */
  private static String letters(Random random, int count) {
    int[][] scripts = {
      {'A', 'Z'},
      {0xC0, 0xDE},
      {0x100, 0x17F},
      {0x391, 0x3C9},
      {0x410, 0x44F},
      {0x531, 0x556},
      {0x10400, 0x1044F}
    };
    StringBuilder letters = new StringBuilder();
    while (letters.codePointCount(0, letters.length()) < count) {
      int[] script = scripts[random.nextInt(scripts.length)];
      int letter = random.nextInt(script[0], script[1] + 1);
      if (Character.isLetter(letter)) {
        letters.appendCodePoint(letter);
      }
    }
    return letters.toString();
  }

  /** The same letters, each in one of its cases. */
  private static String withCases(String text, Random random) {
    StringBuilder mixed = new StringBuilder();
    text.codePoints()
        .forEach(
            letter -> {
              int lower = Character.toLowerCase(letter);
              int upper = Character.toUpperCase(letter);
              // A final sigma has the capital of another letter.
              boolean oneLetter = Character.toLowerCase(upper) == lower;
              mixed.appendCodePoint(oneLetter && random.nextBoolean() ? upper : lower);
            });
    return mixed.toString();
  }

  @Test
  void replacesTheAccountWithTheSameId() {
    User user = saved(account().build());
    User changed = user.toBuilder().displayName("New name").isActive(false).build();

    await(repository().save(changed));

    assertThat(await(repository().get(user.userId()))).contains(changed);
  }

  @Test
  void refusesNamesAndAddressesThatAreTaken() {
    User first = saved(account().ssoProvider("okta").ssoProviderId(Ids.next()).build());
    User second = saved(account().build());

    assertTaken("username", second.toBuilder().username(first.username().toUpperCase(Locale.ROOT)));
    assertTaken("email", second.toBuilder().email(first.email().toUpperCase(Locale.ROOT)));
    assertTaken(
        "sso_provider_id",
        second.toBuilder().ssoProvider("okta").ssoProviderId(first.ssoProviderId()));
    assertThat(await(repository().get(second.userId()))).contains(second);
  }

  @Test
  void keepsNamesOfDeletedAccountsTaken() {
    User user = saved(account().build());

    assertThat(await(repository().delete(user.userId()))).isTrue();

    assertThat(await(repository().delete(user.userId()))).isFalse();
    assertThat(await(repository().get(user.userId()))).isEmpty();
    assertThat(await(repository().getByUsername(user.username()))).isEmpty();
    assertThat(await(repository().getByEmail(user.email()))).isEmpty();
    assertThat(await(repository().getIncludingDeleted(user.userId())))
        .hasValueSatisfying(deleted -> assertThat(deleted.deletedAt()).isNotNull());
    assertTaken("username", account().username(user.username()));
  }

  @Test
  void restoresThroughUpdate() {
    User user = saved(account().build());
    await(repository().delete(user.userId()));

    await(repository().update(user.userId(), found -> found.toBuilder().deletedAt(null).build()));

    assertThat(await(repository().get(user.userId()))).isPresent();
    assertThat(await(repository().update(Ids.next(), found -> found))).isEmpty();
    assertThat(await(repository().delete(Ids.next()))).isFalse();
  }

  @Test
  void losesNoUpdateOfConcurrentWriters() {
    User user = saved(account().displayName("0").build());

    List<Uni<?>> writers =
        IntStream.range(0, 20)
            .<Uni<?>>mapToObj(
                i ->
                    repository()
                        .update(
                            user.userId(),
                            found ->
                                found.toBuilder()
                                    .displayName(
                                        Integer.toString(Integer.parseInt(found.displayName()) + 1))
                                    .build()))
            .toList();
    await(Uni.combine().all().unis(writers).usingConcurrencyOf(8).discardItems());

    assertThat(await(repository().get(user.userId())))
        .hasValueSatisfying(found -> assertThat(found.displayName()).isEqualTo("20"));
  }

  @Test
  void listsInPagesWithTheTotal() {
    String family = "fam" + Ids.next().substring(24);
    List<User> users =
        IntStream.range(0, 5)
            .mapToObj(
                i ->
                    saved(
                        User.create(
                                Ids.next(),
                                family + i,
                                family + i + "@example.org",
                                NOW.plusSeconds(i))
                            .build()))
            .toList();
    await(repository().delete(users.get(4).userId()));

    Page<User> second =
        await(repository().search(family.toUpperCase(Locale.ROOT), new PageRequest(2, 2)));

    assertThat(second.total()).isEqualTo(4);
    assertThat(second.items()).containsExactly(users.get(2), users.get(3));
    assertThat(await(repository().search(family.substring(1), new PageRequest(2, 0))).total())
        .isZero();
    assertThat(await(repository().search(family + "%", new PageRequest(2, 0))).total()).isZero();
    assertThat(await(repository().search(family + "_", new PageRequest(2, 0))).total()).isZero();
    Page<User> all = await(repository().list(new PageRequest(1, 0)));
    assertThat(all.items()).hasSize(1);
    assertThat(all.total()).isGreaterThanOrEqualTo(4);
  }

  private void assertTaken(String field, UserBuilder account) {
    assertThatThrownBy(() -> await(repository().save(account.build())))
        .isInstanceOfSatisfying(
            DuplicateKeyException.class, e -> assertThat(e.field()).isEqualTo(field));
  }

  private User saved(User user) {
    return await(repository().save(user));
  }

  private static UserBuilder account() {
    String name = "u" + Ids.next();
    return User.create(Ids.next(), name, name + "@example.org", NOW);
  }

  private static <T> T await(Uni<T> uni) {
    return uni.await().atMost(Duration.ofSeconds(20));
  }
}
