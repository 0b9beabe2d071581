/** The HTTP API of sessions. */
@NullMarked
package com.faultmaven.session.api;

import org.jspecify.annotations.NullMarked;
