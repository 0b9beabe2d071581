/** What other services' events mean for sessions. */
@NullMarked
package com.faultmaven.session.events;

import org.jspecify.annotations.NullMarked;
