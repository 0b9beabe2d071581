/** Signing in at another issuer: OpenID Connect, authorization code flow with PKCE. */
@NullMarked
package com.faultmaven.user.domain.sso;

import org.jspecify.annotations.NullMarked;
