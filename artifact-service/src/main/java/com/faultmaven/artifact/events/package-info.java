/** What this service hears from the others. */
@NullMarked
package com.faultmaven.artifact.events;

import org.jspecify.annotations.NullMarked;
