package com.faultmaven.user.domain;

import com.faultmaven.common.model.user.Role;
import java.util.Set;

/**
 * What an account is made from.
 *
 * @param username name to log in with, unique whatever its case
 * @param email address, unique whatever its case
 * @param password the password as typed
 * @param displayName the name that people read
 * @param roles what it may do
 * @param emailVerified whether the address needs no confirmation: who runs the service gave it
 */
public record NewAccount(
    String username,
    String email,
    String password,
    String displayName,
    Set<Role> roles,
    boolean emailVerified) {
  public NewAccount {
    roles = Set.copyOf(roles);
  }

  /** Shows nothing. */
  @Override
  public String toString() {
    return "NewAccount[]";
  }
}
