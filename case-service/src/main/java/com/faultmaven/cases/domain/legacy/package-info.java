/** Cases of the previous layout, which had them all in Redis (specification, appendix B). */
@NullMarked
package com.faultmaven.cases.domain.legacy;

import org.jspecify.annotations.NullMarked;
