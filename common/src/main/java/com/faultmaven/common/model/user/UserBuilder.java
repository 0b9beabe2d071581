package com.faultmaven.common.model.user;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Builds an account; see {@link User}. */
public final class UserBuilder {
  private final String userId;
  private String username;
  private String email;
  private @Nullable String hashedPassword;
  private boolean isActive = true;
  private String displayName;
  private @Nullable String avatarUrl;
  private String timezone = User.DEFAULT_TIMEZONE;
  private String locale = User.DEFAULT_LOCALE;
  private boolean isEmailVerified;
  private @Nullable Instant emailVerifiedAt;
  private @Nullable String ssoProvider;
  private @Nullable String ssoProviderId;
  private final Instant createdAt;
  private Instant updatedAt;
  private @Nullable Instant lastLoginAt;
  private @Nullable Instant lastPasswordChangeAt;
  private @Nullable Instant deletedAt;
  private Set<Role> roles = Set.of(Role.USER);

  UserBuilder(String userId, String username, String email, Instant now) {
    this.userId = userId;
    this.username = username;
    this.email = email;
    displayName = username;
    createdAt = now;
    updatedAt = now;
  }

  UserBuilder(User source) {
    userId = source.userId();
    username = source.username();
    email = source.email();
    hashedPassword = source.hashedPassword();
    isActive = source.isActive();
    displayName = source.displayName();
    avatarUrl = source.avatarUrl();
    timezone = source.timezone();
    locale = source.locale();
    isEmailVerified = source.isEmailVerified();
    emailVerifiedAt = source.emailVerifiedAt();
    ssoProvider = source.ssoProvider();
    ssoProviderId = source.ssoProviderId();
    createdAt = source.createdAt();
    updatedAt = source.updatedAt();
    lastLoginAt = source.lastLoginAt();
    lastPasswordChangeAt = source.lastPasswordChangeAt();
    deletedAt = source.deletedAt();
    roles = source.roles();
  }

  /** Unique, whatever its case. */
  public UserBuilder username(String value) {
    username = value;
    return this;
  }

  /** Unique, whatever its case. */
  public UserBuilder email(String value) {
    email = value;
    return this;
  }

  /** Argon2id hash, null for accounts that sign in elsewhere alone. */
  public UserBuilder hashedPassword(@Nullable String value) {
    hashedPassword = value;
    return this;
  }

  /** Whether it may log in. */
  public UserBuilder isActive(boolean value) {
    isActive = value;
    return this;
  }

  /** The name that people read. */
  public UserBuilder displayName(String value) {
    displayName = value;
    return this;
  }

  /** Picture, null when there is none. */
  public UserBuilder avatarUrl(@Nullable String value) {
    avatarUrl = value;
    return this;
  }

  /** IANA zone, {@code UTC} unless set. */
  public UserBuilder timezone(String value) {
    timezone = value;
    return this;
  }

  /** BCP 47 tag, {@code en-US} unless set. */
  public UserBuilder locale(String value) {
    locale = value;
    return this;
  }

  /** Whether the owner has confirmed the address. */
  public UserBuilder isEmailVerified(boolean value) {
    isEmailVerified = value;
    return this;
  }

  /** When, null before. */
  public UserBuilder emailVerifiedAt(@Nullable Instant value) {
    emailVerifiedAt = value;
    return this;
  }

  /** Google, okta, azure or another issuer; null for none. */
  public UserBuilder ssoProvider(@Nullable String value) {
    ssoProvider = value;
    return this;
  }

  /** Id of the account over there; goes with ssoProvider. */
  public UserBuilder ssoProviderId(@Nullable String value) {
    ssoProviderId = value;
    return this;
  }

  /** When it last changed. */
  public UserBuilder updatedAt(Instant value) {
    updatedAt = value;
    return this;
  }

  /** Last log-in, null before the first. */
  public UserBuilder lastLoginAt(@Nullable Instant value) {
    lastLoginAt = value;
    return this;
  }

  /** Last change of the password, null before the first. */
  public UserBuilder lastPasswordChangeAt(@Nullable Instant value) {
    lastPasswordChangeAt = value;
    return this;
  }

  /** When it was (softly) deleted, null while it lives. */
  public UserBuilder deletedAt(@Nullable Instant value) {
    deletedAt = value;
    return this;
  }

  /** What it may do, at least one. */
  public UserBuilder roles(Set<Role> value) {
    roles = value;
    return this;
  }

  /**
   * Makes the record.
   *
   * @throws IllegalArgumentException when the values do not go together
   */
  public User build() {
    return new User(
        userId,
        username,
        email,
        hashedPassword,
        isActive,
        displayName,
        avatarUrl,
        timezone,
        locale,
        isEmailVerified,
        emailVerifiedAt,
        ssoProvider,
        ssoProviderId,
        createdAt,
        updatedAt,
        lastLoginAt,
        lastPasswordChangeAt,
        deletedAt,
        roles);
  }
}
