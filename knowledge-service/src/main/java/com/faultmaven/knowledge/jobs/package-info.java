/** Work that goes on beside the requests. */
@NullMarked
package com.faultmaven.knowledge.jobs;

import org.jspecify.annotations.NullMarked;
