/** The demo: one troubleshooting case through the whole system, as a client sees it. */
@NullMarked
package com.faultmaven.local.demo;

import org.jspecify.annotations.NullMarked;
