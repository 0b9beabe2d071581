package com.faultmaven.common.job;

import com.faultmaven.common.web.Problem;
import io.smallrye.mutiny.Uni;

/**
 * Whether somebody may start a job by hand, beyond the role in the token: a service that knows
 * better has a bean of this type.
 */
public interface JobAccess {
  /** Succeeds when this user may; else fails with {@link Problem} 403. */
  Uni<Void> require(String userId);
}
