package com.faultmaven.cases.domain;

import com.faultmaven.common.model.Checks;
import com.faultmaven.common.security.Roles;

/**
 * In whose name the database is asked: what its row-level security goes by (decisions, section 7),
 * behind the checks that the code makes itself.
 *
 * @param userId the user
 * @param role {@code user} sees and changes own cases; {@code analyst} sees all and changes own;
 *     {@code admin} and {@code service} do everything
 */
public record Scope(String userId, String role) {
  /** This service itself: events, jobs, erasure. */
  public static final Scope SERVICE = new Scope("case-service", Roles.SERVICE);

  public Scope {
    Checks.text(userId, "user_id");
    Checks.text(role, "role");
  }

  /** What an actor may see and change. */
  public static Scope of(Actor actor) {
    return new Scope(actor.userId(), actor.strongestRole());
  }
}
