/** Tests of case-service. */
@NullMarked
package com.faultmaven.cases;

import org.jspecify.annotations.NullMarked;
