/** What the service does by the clock or when an admin asks (decisions, section 8). */
@NullMarked
package com.faultmaven.cases.jobs;

import org.jspecify.annotations.NullMarked;
