/** Tests. */
@NullMarked
package com.faultmaven.knowledge.storage;

import org.jspecify.annotations.NullMarked;
