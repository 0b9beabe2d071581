/** Live and ended sessions (specification 3.5). */
@NullMarked
package com.faultmaven.common.model.session;

import org.jspecify.annotations.NullMarked;
