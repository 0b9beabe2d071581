package com.faultmaven.user.domain;

import com.faultmaven.common.model.WireName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** How somebody has proved who they are; a sign-in may take two. */
public enum SignInMethod implements WireName {
  /** The account's password. */
  PASSWORD("pwd", false),
  /** A code of an authenticator application (RFC 6238). */
  TOTP("otp", true),
  /** One of the ten codes for the day that the authenticator is lost. */
  RECOVERY_CODE("otp", true),
  /** A passkey (WebAuthn), which has checked the person itself. */
  PASSKEY("pop", true),
  /** Another issuer's word. */
  SSO("sso", false),
  /** Another issuer's word, which names a second factor. */
  SSO_WITH_SECOND_FACTOR("sso", true);

  private final String reference;
  private final boolean strong;

  SignInMethod(String reference, boolean strong) {
    this.reference = reference;
    this.strong = strong;
  }

  /** Whether the methods amount to more than one factor. */
  public static boolean areStrong(Collection<SignInMethod> methods) {
    return methods.stream().anyMatch(method -> method.strong);
  }

  /**
   * Values of a token's {@code amr} claim (RFC 8176), with {@code mfa} for more than one factor.
   */
  public static List<String> references(Set<SignInMethod> methods) {
    TreeSet<String> references = new TreeSet<>();
    methods.forEach(method -> references.add(method.reference));
    List<String> all = new ArrayList<>(references);
    if (areStrong(methods)) {
      all.add("mfa");
    }
    return all;
  }
}
