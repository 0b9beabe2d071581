/** Consumers of events. */
@NullMarked
package com.faultmaven.user.events;

import org.jspecify.annotations.NullMarked;
