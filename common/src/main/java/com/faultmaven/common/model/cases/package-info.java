/** The case aggregate and its rows (specification 3.2, decisions section 3). */
@NullMarked
package com.faultmaven.common.model.cases;

import org.jspecify.annotations.NullMarked;
