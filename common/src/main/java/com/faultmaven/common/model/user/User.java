package com.faultmaven.common.model.user;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import com.faultmaven.common.model.Checks;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An account (specification 2.2). Its password hash never goes into JSON or a log line; {@link
 * UserProfile} is what others see.
 *
 * @param userId id
 * @param username unique, whatever its case
 * @param email unique, whatever its case
 * @param hashedPassword Argon2id hash, null for accounts that sign in elsewhere alone
 * @param isActive whether it may log in
 * @param displayName the name that people read
 * @param avatarUrl picture, null when there is none
 * @param timezone IANA zone, {@code UTC} unless set
 * @param locale BCP 47 tag, {@code en-US} unless set
 * @param isEmailVerified whether the owner has confirmed the address
 * @param emailVerifiedAt when, null before
 * @param ssoProvider google, okta, azure or another issuer; null for none
 * @param ssoProviderId id of the account over there; goes with ssoProvider
 * @param createdAt when it was made
 * @param updatedAt when it last changed
 * @param lastLoginAt last log-in, null before the first
 * @param lastPasswordChangeAt last change of the password, null before the first
 * @param deletedAt when it was (softly) deleted, null while it lives
 * @param roles what it may do, at least one
 */
@JsonNaming(SnakeCaseStrategy.class)
public record User(
    String userId,
    String username,
    String email,
    @JsonIgnore @Nullable String hashedPassword,
    @JsonProperty("is_active") boolean isActive,
    String displayName,
    @Nullable String avatarUrl,
    String timezone,
    String locale,
    @JsonProperty("is_email_verified") boolean isEmailVerified,
    @Nullable Instant emailVerifiedAt,
    @Nullable String ssoProvider,
    @Nullable String ssoProviderId,
    Instant createdAt,
    Instant updatedAt,
    @Nullable Instant lastLoginAt,
    @Nullable Instant lastPasswordChangeAt,
    @Nullable Instant deletedAt,
    Set<Role> roles) {
  /** Zone of an account that has not set one. */
  public static final String DEFAULT_TIMEZONE = "UTC";

  /** Locale of an account that has not set one. */
  public static final String DEFAULT_LOCALE = "en-US";

  public User {
    Checks.text(userId, "user_id");
    Checks.text(username, "username");
    Checks.text(email, "email");
    Checks.text(displayName, "display_name");
    Checks.text(timezone, "timezone");
    Checks.text(locale, "locale");
    requireNonNull(createdAt, "created_at");
    requireNonNull(updatedAt, "updated_at");
    roles = Set.copyOf(roles);
    if (roles.isEmpty()) {
      throw new IllegalArgumentException("roles must not be empty");
    }
    if ((ssoProvider == null) != (ssoProviderId == null)) {
      throw new IllegalArgumentException("sso_provider and sso_provider_id go together");
    }
  }

  /** Starts a new active account with the role user and the defaults of section 2.2. */
  public static UserBuilder create(String userId, String username, String email, Instant now) {
    return new UserBuilder(userId, username, email, now);
  }

  /** A builder that holds this account's values. */
  public UserBuilder toBuilder() {
    return new UserBuilder(this);
  }

  /** What others may see of the account. */
  public UserProfile profile() {
    return UserProfile.of(this);
  }

  /** Names the account alone: a log line holds no hash and no address. */
  @Override
  public String toString() {
    return "User[" + userId + "]";
  }
}
