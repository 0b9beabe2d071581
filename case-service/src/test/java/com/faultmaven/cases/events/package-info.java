/** Tests of case-service. */
@NullMarked
package com.faultmaven.cases.events;

import org.jspecify.annotations.NullMarked;
