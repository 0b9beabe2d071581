package com.faultmaven.user.domain.sso;

/**
 * What is exchanged for an ID token.
 *
 * @param code the authorization code
 * @param verifier the PKCE code verifier
 * @param redirectUri where the code was sent to
 */
public record CodeExchange(String code, String verifier, String redirectUri) {
  /** Shows nothing. */
  @Override
  public String toString() {
    return "CodeExchange[]";
  }
}
