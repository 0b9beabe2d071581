/**
 * Append-only logs whose old rows go to the bucket (specification 7.1, 8.3), for the services that
 * keep one.
 */
@NullMarked
package com.faultmaven.common.logarchive;

import org.jspecify.annotations.NullMarked;
