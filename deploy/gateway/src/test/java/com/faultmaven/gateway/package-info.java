/** The gateway against real HTTP servers. */
@NullMarked
package com.faultmaven.gateway;

import org.jspecify.annotations.NullMarked;
