/** Child processes: how one is started, found ready, restarted and stopped. */
@NullMarked
package com.faultmaven.local.process;

import org.jspecify.annotations.NullMarked;
