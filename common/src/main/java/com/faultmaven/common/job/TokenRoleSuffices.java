package com.faultmaven.common.job;

import io.quarkus.arc.DefaultBean;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/** The role in the token, which the resource has asked for, is enough. */
@DefaultBean
@ApplicationScoped
public class TokenRoleSuffices implements JobAccess {
  @Override
  public Uni<Void> require(String userId) {
    return Uni.createFrom().voidItem();
  }
}
