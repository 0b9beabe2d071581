@NullMarked
package com.faultmaven.user.domain.factor;

import org.jspecify.annotations.NullMarked;
