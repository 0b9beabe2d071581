/** The HTTP API of case-service: resources, request and response records, nothing else. */
@NullMarked
package com.faultmaven.cases.api;

import org.jspecify.annotations.NullMarked;
