package com.faultmaven.user.api;

import com.faultmaven.user.domain.AccountNames;

/** Patterns of texts that requests may hold, and what is said when one does not match. */
final class Texts {
  /** Letters, digits, dots, dashes and underscores; never an at sign, which tells an address. */
  static final String USERNAME = AccountNames.USERNAME;

  static final String USERNAME_MESSAGE =
      "must begin with a letter or digit and hold letters, digits, dots, dashes, underscores only";

  /** An address in ASCII of at most 254 characters: one at sign, a domain or a host name. */
  static final String EMAIL = AccountNames.EMAIL;

  static final String EMAIL_MESSAGE = "must be an e-mail address like ada@example.org";

  /** Anything but control characters (NUL among them) and halves of surrogate pairs. */
  static final String LINE = "[^\\p{Cc}\\p{Cs}]*";

  static final String LINE_MESSAGE = "must not contain control characters";

  /** As {@link #LINE}, and not white space alone. */
  static final String SAYING_LINE = "[^\\p{Cc}\\p{Cs}]*[^\\p{Cc}\\p{Cs}\\s][^\\p{Cc}\\p{Cs}]*";

  static final String SAYING_LINE_MESSAGE = "must hold something visible and no control characters";

  /** A code of an authenticator application. */
  static final String CODE = "[0-9]{6}";

  static final String CODE_MESSAGE = "must be six digits";

  private Texts() {}
}
