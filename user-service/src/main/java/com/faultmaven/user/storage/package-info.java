/** {@code auth_db}: accounts, refresh tokens, signing keys and the audit log on PostgreSQL. */
@NullMarked
package com.faultmaven.user.storage;

import org.jspecify.annotations.NullMarked;
