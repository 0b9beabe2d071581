/** The HTTP surface: resources, request and answer records. */
@NullMarked
package com.faultmaven.user.api;

import org.jspecify.annotations.NullMarked;
