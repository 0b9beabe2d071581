/** Export and erasure of what the suite holds about a user (decisions, section 9). */
@NullMarked
package com.faultmaven.user.domain.privacy;

import org.jspecify.annotations.NullMarked;
