/** Tests. */
@NullMarked
package com.faultmaven.knowledge.events;

import org.jspecify.annotations.NullMarked;
