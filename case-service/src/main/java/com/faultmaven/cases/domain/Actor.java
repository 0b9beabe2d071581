package com.faultmaven.cases.domain;

import com.faultmaven.common.model.Checks;
import com.faultmaven.common.security.Caller;
import com.faultmaven.common.security.Roles;
import java.util.Set;

/**
 * Who asks, fixed at the beginning of a request (decisions, section 7).
 *
 * @param userId the user
 * @param roles the user's roles
 */
public record Actor(String userId, Set<String> roles) {
  public Actor {
    Checks.text(userId, "user_id");
    roles = Set.copyOf(roles);
  }

  /** The caller of the current request. */
  public static Actor of(Caller caller) {
    return new Actor(caller.userId(), caller.roles());
  }

  /** Whether this user is the one. */
  public boolean is(String otherUserId) {
    return userId.equals(otherUserId);
  }

  /** Whether the actor may read every case. */
  public boolean seesEveryCase() {
    return roles.contains(Roles.ADMIN) || roles.contains(Roles.ANALYST);
  }

  /** Whether the actor may change cases of the owner. */
  public boolean mayChangeCasesOf(String ownerId) {
    return roles.contains(Roles.ADMIN) || (is(ownerId) && roles.contains(Roles.USER));
  }

  /** The strongest role, which the access log names. */
  public String strongestRole() {
    if (roles.contains(Roles.ADMIN)) {
      return Roles.ADMIN;
    }
    return roles.contains(Roles.ANALYST) ? Roles.ANALYST : Roles.USER;
  }
}
