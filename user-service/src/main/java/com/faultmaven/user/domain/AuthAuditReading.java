package com.faultmaven.user.domain;

import com.faultmaven.common.web.CursorPage;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;

/**
 * Reading what accounts were used for, for admins alone. It is other people's data: a read is
 * recorded before it is answered (decisions, section 7), one of one's own rows is not.
 */
@ApplicationScoped
public class AuthAuditReading {
  private final AuthAuditLog audit;
  private final DataAccessLog accesses;
  private final Clock clock;

  /** Wires the bean. */
  @Inject
  public AuthAuditReading(AuthAuditLog audit, DataAccessLog accesses, Clock clock) {
    this.audit = audit;
    this.accesses = accesses;
    this.clock = clock;
  }

  /** Events that match, newest first. */
  public Uni<CursorPage<AuthEvent>> list(Actor actor, AuthEventQuery query) {
    Uni<Void> recorded =
        actor.userId().equals(query.userId())
            ? Uni.createFrom().voidItem()
            : accesses.append(
                DataAccess.read(actor, query.userId(), DataResource.AUTH_EVENTS, clock.instant()));
    return recorded.flatMap(done -> audit.list(query));
  }
}
