/** Events that case-service consumes (decisions, section 6). */
@NullMarked
package com.faultmaven.cases.events;

import org.jspecify.annotations.NullMarked;
