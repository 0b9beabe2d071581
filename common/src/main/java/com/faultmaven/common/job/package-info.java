/** Jobs: what a service does by the clock or when an admin asks (decisions, section 8). */
@NullMarked
package com.faultmaven.common.job;

import org.jspecify.annotations.NullMarked;
