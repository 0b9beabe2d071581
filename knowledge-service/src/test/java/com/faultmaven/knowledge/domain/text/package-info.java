/** Tests. */
@NullMarked
package com.faultmaven.knowledge.domain.text;

import org.jspecify.annotations.NullMarked;
