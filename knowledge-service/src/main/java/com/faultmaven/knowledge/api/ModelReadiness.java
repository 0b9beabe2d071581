package com.faultmaven.knowledge.api;

import com.faultmaven.knowledge.domain.embedding.Embedder;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** The service is ready when its model is: nothing can be found before. */
@Readiness
@ApplicationScoped
public class ModelReadiness implements HealthCheck {
  private final Embedder embedder;

  /** Wires the bean. */
  @Inject
  public ModelReadiness(Embedder embedder) {
    this.embedder = embedder;
  }

  @Override
  public HealthCheckResponse call() {
    Embedder.State state = embedder.state();
    return HealthCheckResponse.named("embedding model")
        .status(state.ready())
        .withData("model", state.detail())
        .build();
  }
}
