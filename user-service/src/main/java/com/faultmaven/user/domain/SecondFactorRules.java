package com.faultmaven.user.domain;

import com.faultmaven.common.model.user.Role;
import com.faultmaven.common.model.user.User;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.EnumSet;
import java.util.Set;

/** What a sign-in is worth: which of an account's roles its tokens carry. */
@ApplicationScoped
public class SecondFactorRules {
  private final SecondFactorSettings settings;

  /** Wires the bean. */
  @Inject
  public SecondFactorRules(SecondFactorSettings settings) {
    this.settings = settings;
  }

  /** The roles of tokens that grow from a sign-in by these methods; never none. */
  public Set<Role> rolesOf(User user, Set<SignInMethod> methods) {
    if (!withholdsAdmin(user, methods)) {
      return user.roles();
    }
    Set<Role> roles = EnumSet.of(Role.USER);
    roles.addAll(user.roles());
    roles.remove(Role.ADMIN);
    return roles;
  }

  /** Whether the account is an administrator's and the sign-in is not enough to be one. */
  public boolean withholdsAdmin(User user, Set<SignInMethod> methods) {
    return settings.requiredForAdmins()
        && user.roles().contains(Role.ADMIN)
        && !SignInMethod.areStrong(methods);
  }
}
