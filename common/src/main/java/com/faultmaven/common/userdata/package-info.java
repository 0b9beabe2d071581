/** Erasure and export of what the suite holds about one user (decisions, section 9). */
@NullMarked
package com.faultmaven.common.userdata;

import org.jspecify.annotations.NullMarked;
