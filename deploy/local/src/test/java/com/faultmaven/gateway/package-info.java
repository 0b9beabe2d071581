/** A stand-in for the gateway's main class, which the supervisor starts by its name. */
@NullMarked
package com.faultmaven.gateway;

import org.jspecify.annotations.NullMarked;
