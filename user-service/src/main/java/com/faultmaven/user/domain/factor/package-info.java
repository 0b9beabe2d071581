/** The second factor: codes of authenticator applications, and codes for when they are lost. */
@NullMarked
package com.faultmaven.user.domain.factor;

import org.jspecify.annotations.NullMarked;
