@NullMarked
package com.faultmaven.user.domain.passkey;

import org.jspecify.annotations.NullMarked;
