package com.faultmaven.user.api;

import com.faultmaven.user.domain.ServiceTokens;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A token of a service.
 *
 * @param accessToken JWT to be sent as {@code Authorization: Bearer …}
 * @param tokenType always {@code Bearer}
 * @param expiresIn its life in seconds
 */
@Schema(name = "ServiceToken")
public record ServiceTokenAnswer(
    String accessToken,
    @Schema(examples = "Bearer") String tokenType,
    @Schema(examples = "900") long expiresIn) {
  static ServiceTokenAnswer of(ServiceTokens.ServiceToken token) {
    return new ServiceTokenAnswer(token.token(), "Bearer", token.expiresIn());
  }

  /** Shows nothing. */
  @Override
  public String toString() {
    return "ServiceTokenAnswer[]";
  }
}
