/** Calls to neighbouring services. */
@NullMarked
package com.faultmaven.user.clients;

import org.jspecify.annotations.NullMarked;
