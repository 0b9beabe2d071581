/** The rules of cases, between their API, their events and their storage. */
@NullMarked
package com.faultmaven.cases.domain;

import org.jspecify.annotations.NullMarked;
