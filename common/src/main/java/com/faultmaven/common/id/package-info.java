/** Identifiers: UUID version 7 in canonical text form (decisions, section 2). */
@NullMarked
package com.faultmaven.common.id;

import org.jspecify.annotations.NullMarked;
