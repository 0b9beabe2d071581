/** The local stack: its supervisor, its commands and the layout of its directory. */
@NullMarked
package com.faultmaven.local;

import org.jspecify.annotations.NullMarked;
