/** Tests of case-service. */
@NullMarked
package com.faultmaven.cases.domain;

import org.jspecify.annotations.NullMarked;
