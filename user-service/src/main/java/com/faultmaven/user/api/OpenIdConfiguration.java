package com.faultmaven.user.api;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Where verifiers find what they need (OpenID Connect Discovery, the part that applies). */
@JsonNaming(SnakeCaseStrategy.class)
@Schema(name = "OpenIdConfiguration")
public record OpenIdConfiguration(
    String issuer,
    String jwksUri,
    List<String> idTokenSigningAlgValuesSupported,
    List<String> subjectTypesSupported,
    List<String> claimsSupported) {
  public OpenIdConfiguration {
    idTokenSigningAlgValuesSupported = List.copyOf(idTokenSigningAlgValuesSupported);
    subjectTypesSupported = List.copyOf(subjectTypesSupported);
    claimsSupported = List.copyOf(claimsSupported);
  }
}
