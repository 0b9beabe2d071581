/**
 * Each storage contract in the memory of this process (specification 2.3): complete and
 * thread-safe.
 */
@NullMarked
package com.faultmaven.common.repository.memory;

import org.jspecify.annotations.NullMarked;
