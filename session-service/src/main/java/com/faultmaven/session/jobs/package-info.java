/** Work that goes on without a request. */
@NullMarked
package com.faultmaven.session.jobs;

import org.jspecify.annotations.NullMarked;
