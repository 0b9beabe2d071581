package com.faultmaven.user.domain.sso;

import com.faultmaven.common.model.user.User;
import com.faultmaven.user.domain.ProviderLink;
import org.jspecify.annotations.Nullable;

/**
 * Whose account somebody is.
 *
 * @param user an active account
 * @param awaiting what would tie it to them and waits for the account's second factor; null when it
 *     is tied to them
 */
record SsoAccount(User user, @Nullable ProviderLink awaiting) {}
