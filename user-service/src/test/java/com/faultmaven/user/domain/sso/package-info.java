@NullMarked
package com.faultmaven.user.domain.sso;

import org.jspecify.annotations.NullMarked;
