/** What happens without anybody asking: expiry, deletion of objects, orphans. */
@NullMarked
package com.faultmaven.artifact.jobs;

import org.jspecify.annotations.NullMarked;
