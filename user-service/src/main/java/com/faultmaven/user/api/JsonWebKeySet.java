package com.faultmaven.user.api;

import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * The public keys that verify access tokens (RFC 7517).
 *
 * @param keys oldest first
 */
@Schema(name = "JsonWebKeySet")
public record JsonWebKeySet(List<JsonWebKey> keys) {
  public JsonWebKeySet {
    keys = List.copyOf(keys);
  }
}
