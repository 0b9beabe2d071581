package com.faultmaven.common.model.user;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the owner and admins see of an account: no password hash, no id at another issuer. */
@JsonNaming(SnakeCaseStrategy.class)
public record UserProfile(
    String userId,
    String username,
    String email,
    @JsonProperty("is_active") boolean isActive,
    String displayName,
    @Nullable String avatarUrl,
    String timezone,
    String locale,
    @JsonProperty("is_email_verified") boolean isEmailVerified,
    @Nullable Instant emailVerifiedAt,
    @Nullable String ssoProvider,
    Instant createdAt,
    Instant updatedAt,
    @Nullable Instant lastLoginAt,
    @Nullable Instant lastPasswordChangeAt,
    @Nullable Instant deletedAt,
    List<Role> roles) {
  public UserProfile {
    roles = List.copyOf(roles);
  }

  /** The profile of an account, its roles in order of power. */
  public static UserProfile of(User user) {
    return new UserProfile(
        user.userId(),
        user.username(),
        user.email(),
        user.isActive(),
        user.displayName(),
        user.avatarUrl(),
        user.timezone(),
        user.locale(),
        user.isEmailVerified(),
        user.emailVerifiedAt(),
        user.ssoProvider(),
        user.createdAt(),
        user.updatedAt(),
        user.lastLoginAt(),
        user.lastPasswordChangeAt(),
        user.deletedAt(),
        user.roles().stream().sorted().toList());
  }
}
