package com.faultmaven.user.domain.sso;

import java.net.URI;

/**
 * What a provider publishes about itself (OpenID Connect Discovery, section 3).
 *
 * @param authorizationEndpoint where browsers are sent
 * @param tokenEndpoint where codes are exchanged
 * @param keys where its public keys are
 * @param secretInBody whether it takes our secret in the body alone, not in the header
 */
public record ProviderMetadata(
    URI authorizationEndpoint, URI tokenEndpoint, URI keys, boolean secretInBody) {}
