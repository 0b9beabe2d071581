/** What the service does by the clock or when an admin asks (decisions, section 8). */
@NullMarked
package com.faultmaven.user.jobs;

import org.jspecify.annotations.NullMarked;
