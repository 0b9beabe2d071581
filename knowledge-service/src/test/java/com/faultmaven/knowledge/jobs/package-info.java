/** Tests. */
@NullMarked
package com.faultmaven.knowledge.jobs;

import org.jspecify.annotations.NullMarked;
