package com.faultmaven.user.domain;

/** What user names and addresses of accounts look like, as patterns. */
public final class AccountNames {
  /** Letters, digits, dots, dashes and underscores; never an at sign, which tells an address. */
  public static final String USERNAME = "[A-Za-z0-9][A-Za-z0-9._-]*";

  /** Fewest characters of a user name. */
  public static final int MIN_USERNAME = 3;

  /**
   * An address in ASCII of at most 254 characters: one at sign, a domain with a dot or a plain host
   * name. The length is looked at first, for each label takes some of the matcher's stack.
   */
  public static final String EMAIL =
      "(?=.{3,254}$)[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}"
          + "@[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
          + "(?:\\.[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?){0,126}";

  private AccountNames() {}
}
