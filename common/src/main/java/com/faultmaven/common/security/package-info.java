/** Who calls, and in which roles (decisions, section 7). */
@NullMarked
package com.faultmaven.common.security;

import org.jspecify.annotations.NullMarked;
