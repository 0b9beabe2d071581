package com.faultmaven.user.domain;

import com.faultmaven.common.web.Problem;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Locale;

/** What a new password must be (decisions, section 7). */
@ApplicationScoped
public class PasswordPolicy {
  /** Most characters of a password; longer ones cost time and add nothing. */
  public static final int MAX_LENGTH = 256;

  private static final int FEWEST_DISTINCT = 5;

  private final PasswordSettings settings;
  private final CommonPasswords common;

  /** Wires the bean. */
  @Inject
  public PasswordPolicy(PasswordSettings settings, CommonPasswords common) {
    this.settings = settings;
    this.common = common;
  }

  /**
   * Checks a new password.
   *
   * @param field name of the field that the password came in
   * @param username name of its account, which must not be the password
   * @param email address of its account, likewise
   * @throws Problem 400 naming the field and what it needs
   */
  public void check(String field, String password, String username, String email) {
    int length = password.codePointCount(0, password.length());
    if (length < settings.minLength()) {
      throw Problem.invalid(field, "must have at least " + settings.minLength() + " characters");
    }
    if (password.codePoints().distinct().count() < FEWEST_DISTINCT) {
      throw Problem.invalid(field, "must have at least 5 different characters");
    }
    if (common.contains(password)) {
      throw Problem.invalid(field, "is among the most common passwords; choose another one");
    }
    String lower = password.toLowerCase(Locale.ROOT);
    if (lower.equals(username.toLowerCase(Locale.ROOT))
        || lower.equals(email.toLowerCase(Locale.ROOT))) {
      throw Problem.invalid(field, "must not be the account's name or address");
    }
  }
}
