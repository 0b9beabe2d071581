/** Accounts (specification 2.2). */
@NullMarked
package com.faultmaven.common.model.user;

import org.jspecify.annotations.NullMarked;
