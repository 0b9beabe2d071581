/** Tests. */
@NullMarked
package com.faultmaven.knowledge.api;

import org.jspecify.annotations.NullMarked;
