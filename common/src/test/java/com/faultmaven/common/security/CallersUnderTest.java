package com.faultmaven.common.security;

import io.quarkus.oidc.AccessTokenCredential;
import io.quarkus.security.Authenticated;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.jspecify.annotations.Nullable;

/** Says who calls, as a service sees it. */
@Path("/api/v1/callers")
@Authenticated
public class CallersUnderTest {
  private final Caller caller;
  private final JsonWebToken token;
  private final AccessTokenCredential credential;
  private final SecurityIdentity identity;

  @Inject
  CallersUnderTest(
      Caller caller,
      JsonWebToken token,
      AccessTokenCredential credential,
      SecurityIdentity identity) {
    this.caller = caller;
    this.token = token;
    this.credential = credential;
    this.identity = identity;
  }

  /** Everything that a service reads from a token. */
  public record Seen(
      String userId,
      String username,
      List<String> roles,
      boolean admin,
      @Nullable String sessionId,
      String tokenId,
      String issuer,
      List<String> audience,
      long end,
      int tokenHash,
      int credentialHash,
      List<String> attributes) {}

  @GET
  public Uni<Seen> seen() {
    Optional<String> session = caller.sessionId();
    return Uni.createFrom()
        .item(
            new Seen(
                caller.userId(),
                caller.username(),
                caller.roles().stream().sorted().toList(),
                caller.isAdmin(),
                session.orElse(null),
                token.getTokenID(),
                token.getIssuer(),
                token.getAudience().stream().sorted().toList(),
                token.getExpirationTime(),
                caller.token().hashCode(),
                credential.getToken().hashCode(),
                identity.getAttributes().keySet().stream().sorted().toList()));
  }

  @GET
  @Path("/admin")
  @RolesAllowed(Roles.ADMIN)
  public Uni<String> admin() {
    return Uni.createFrom().item("admin");
  }
}
