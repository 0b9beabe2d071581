/** Tests. */
@NullMarked
package com.faultmaven.knowledge.domain.embedding;

import org.jspecify.annotations.NullMarked;
