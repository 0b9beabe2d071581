package com.faultmaven.common.security;

import io.quarkus.security.identity.SecurityIdentity;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.jwt.JsonWebToken;

/**
 * Who makes the current request, as the verified access token says (decisions, section 7).
 *
 * <p>For use behind {@code @Authenticated}; elsewhere {@link #userId()} fails.
 */
@RequestScoped
public class Caller {
  private final SecurityIdentity identity;

  /** Wires the bean. */
  @Inject
  public Caller(SecurityIdentity identity) {
    this.identity = identity;
  }

  /** The user's id, the token's {@code sub}. */
  public String userId() {
    return jwt().getSubject();
  }

  /** The user's name at the time the token was made, the token's {@code upn}; else the id. */
  public String username() {
    String name = jwt().getName();
    return name == null ? userId() : name;
  }

  /** All roles. */
  public Set<String> roles() {
    return identity.getRoles();
  }

  /** Tells whether the caller may do everything. */
  public boolean isAdmin() {
    return identity.hasRole(Roles.ADMIN);
  }

  /** Tells whether the caller may read every case. */
  public boolean isAnalyst() {
    return identity.hasRole(Roles.ANALYST);
  }

  /** Tells whether the caller is this user. */
  public boolean is(String userId) {
    return userId().equals(userId);
  }

  /** The session that the token belongs to, its {@code sid}. */
  public Optional<String> sessionId() {
    return Optional.ofNullable(jwt().<String>getClaim("sid"));
  }

  /** The token itself, to be sent on to a neighbour in the caller's name. Never log it. */
  public String token() {
    return jwt().getRawToken();
  }

  private JsonWebToken jwt() {
    if (identity.getPrincipal() instanceof JsonWebToken token) {
      return token;
    }
    throw new io.quarkus.security.UnauthorizedException("no verified token");
  }
}
