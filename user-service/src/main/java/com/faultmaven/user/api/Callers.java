package com.faultmaven.user.api;

import com.faultmaven.common.security.Caller;
import com.faultmaven.user.domain.Actor;
import com.faultmaven.user.domain.RequestOrigin;
import io.quarkus.security.identity.SecurityIdentity;
import io.vertx.core.net.SocketAddress;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.jspecify.annotations.Nullable;

/** Who makes the current request, and from where, as the domain wants to know it. */
@RequestScoped
public class Callers {
  private final Caller caller;
  private final SecurityIdentity identity;
  private final RoutingContext request;

  /** Wires the bean. */
  @Inject
  public Callers(Caller caller, SecurityIdentity identity, RoutingContext request) {
    this.caller = caller;
    this.identity = identity;
    this.request = request;
  }

  /** The caller; for use behind {@code @Authenticated}. */
  public Actor actor() {
    return new Actor(caller.userId(), caller.isAdmin(), tokenId(), origin());
  }

  /** Where the request comes from: what the gateway says, else the peer of the connection. */
  public RequestOrigin origin() {
    SocketAddress peer = request.request().remoteAddress();
    String address = peer == null || peer.hostAddress() == null ? "unknown" : peer.hostAddress();
    return new RequestOrigin(address, request.request().getHeader("User-Agent"));
  }

  /** The session of the caller's token, null when it has none. */
  public @Nullable String sessionId() {
    return caller.sessionId().orElse(null);
  }

  /** The {@code jti} of the caller's token, null when it has none. */
  public @Nullable String tokenId() {
    return identity.getPrincipal() instanceof JsonWebToken token ? token.getTokenID() : null;
  }
}
