/** Tests. */
@NullMarked
package com.faultmaven.knowledge;

import org.jspecify.annotations.NullMarked;
