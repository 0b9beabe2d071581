package com.faultmaven.user.storage;

import com.faultmaven.user.domain.LoginSettings;
import com.faultmaven.user.domain.SessionOpener;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.jboss.logging.Logger;

/** Opens sessions over REST, within a bounded time: a log-in never fails for want of a session. */
@ApplicationScoped
public class SessionServiceClient implements SessionOpener {
  private static final Logger LOG = Logger.getLogger(SessionServiceClient.class);

  private final SessionServiceApi api;
  private final LoginSettings settings;

  /** Wires the bean. */
  @Inject
  public SessionServiceClient(@RestClient SessionServiceApi api, LoginSettings settings) {
    this.api = api;
    this.settings = settings;
  }

  @Override
  public Uni<Optional<String>> open(String clientId, String accessToken) {
    return api.open("Bearer " + accessToken, new SessionRequest(clientId))
        .map(session -> Optional.ofNullable(session.sessionId()))
        .ifNoItem()
        .after(settings.sessionTimeout())
        .fail()
        .onFailure()
        .recoverWithItem(
            failure -> {
              LOG.warnf("Logged in without a session: session-service: %s", failure.toString());
              return Optional.empty();
            });
  }
}
