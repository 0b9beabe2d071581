/** Knowledge documents, and the vectors that are searched (specification 5). */
@NullMarked
package com.faultmaven.common.model.knowledge;

import org.jspecify.annotations.NullMarked;
