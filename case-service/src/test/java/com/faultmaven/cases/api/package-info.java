/** Tests of case-service. */
@NullMarked
package com.faultmaven.cases.api;

import org.jspecify.annotations.NullMarked;
