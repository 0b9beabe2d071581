package com.faultmaven.user.api;

import com.faultmaven.user.domain.sso.SsoProvider;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A provider that one can sign in at.
 *
 * @param name its name in paths
 * @param displayName its name for people
 * @param authorizePath where a browser begins
 */
@Schema(name = "SsoProvider")
public record SsoProviderAnswer(
    @Schema(examples = "google") String name,
    @Schema(examples = "Google") String displayName,
    @Schema(examples = "/api/v1/auth/sso/google/authorize") String authorizePath) {
  static SsoProviderAnswer of(SsoProvider provider) {
    return new SsoProviderAnswer(
        provider.name(),
        provider.displayName(),
        "/api/v1/auth/sso/" + provider.name() + "/authorize");
  }
}
