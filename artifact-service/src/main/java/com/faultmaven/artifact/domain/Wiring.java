package com.faultmaven.artifact.domain;

import com.faultmaven.artifact.preprocess.Preprocessing;
import com.faultmaven.common.model.artifact.PreprocessingResult;
import com.faultmaven.common.privacy.RedactionLevel;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.config.SmallRyeConfig;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.ConfigProvider;

/** Makes what is no bean by itself, and refuses to start with settings that must not be. */
@Singleton
@RegisterForReflection(targets = PreprocessingResult.class)
public final class Wiring {
  /** The preprocessing engine, with the bounds that are set. */
  @Produces
  @Singleton
  public Preprocessing preprocessing(ExtractionSettings settings) {
    return new Preprocessing(settings.limits());
  }

  void check(@Observes StartupEvent event, ProcessingSettings settings) {
    boolean production =
        ConfigProvider.getConfig().unwrap(SmallRyeConfig.class).getProfiles().contains("prod");
    if (production && settings.redaction() == RedactionLevel.OFF) {
      throw new IllegalStateException(
          "faultmaven.preprocessing.redaction=off is for development; choose secrets, standard or"
              + " strict");
    }
  }
}
