/** From texts to vectors, in this process (decisions, section 5). */
@NullMarked
package com.faultmaven.knowledge.domain.embedding;

import org.jspecify.annotations.NullMarked;
