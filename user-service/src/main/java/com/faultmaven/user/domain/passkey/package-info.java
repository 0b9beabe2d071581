/** Passkeys (WebAuthn level 2 and 3): adding them to an account, signing in with them. */
@NullMarked
package com.faultmaven.user.domain.passkey;

import org.jspecify.annotations.NullMarked;
