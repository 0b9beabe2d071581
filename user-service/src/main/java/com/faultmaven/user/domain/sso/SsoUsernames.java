package com.faultmaven.user.domain.sso;

import com.faultmaven.user.domain.AccountNames;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.SecureRandom;

/** Makes user names for accounts whose owners have not chosen one. */
@ApplicationScoped
public class SsoUsernames {
  /** Leaves room for the suffix within what a registration may choose. */
  private static final int MAX_STEM = 48;

  private static final int SUFFIX_LENGTH = 4;
  private static final int LONG_SUFFIX_LENGTH = 12;
  private static final String SUFFIX_CHARACTERS = "abcdefghjkmnpqrstuvwxyz23456789";

  private final SecureRandom random = new SecureRandom();

  /**
   * A name: what the provider prefers, or the local part of the address, without what a user name
   * may not hold.
   *
   * @param attempt 0 for the plain name; then with a suffix that makes it unique, in the end a long
   *     one
   */
  public String propose(SsoIdentity identity, String email, int attempt) {
    String stem =
        clean(identity.preferredUsername().map(SsoUsernames::localPart).orElse(localPart(email)));
    if (stem.length() < AccountNames.MIN_USERNAME) {
      stem = clean(localPart(email));
    }
    boolean tooShort = stem.length() < AccountNames.MIN_USERNAME;
    String name = tooShort ? "user" : stem;
    return attempt == 0 && !tooShort
        ? name
        : name + "-" + suffix(attempt < 2 ? SUFFIX_LENGTH : LONG_SUFFIX_LENGTH);
  }

  private static String localPart(String address) {
    int at = address.indexOf('@');
    return at < 0 ? address : address.substring(0, at);
  }

  private static String clean(String text) {
    // A tag behind a plus sign belongs to the mailbox, not to the name.
    String name =
        text.replaceAll("\\+.*", "").replaceAll("[^A-Za-z0-9._-]", "").replaceAll("^[._-]+", "");
    return name.length() <= MAX_STEM ? name : name.substring(0, MAX_STEM);
  }

  private String suffix(int length) {
    StringBuilder suffix = new StringBuilder();
    for (int i = 0; i < length; i++) {
      suffix.append(SUFFIX_CHARACTERS.charAt(random.nextInt(SUFFIX_CHARACTERS.length())));
    }
    return suffix.toString();
  }
}
