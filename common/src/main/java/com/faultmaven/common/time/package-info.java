/** The clock that services read, so that tests can set it. */
@NullMarked
package com.faultmaven.common.time;

import org.jspecify.annotations.NullMarked;
