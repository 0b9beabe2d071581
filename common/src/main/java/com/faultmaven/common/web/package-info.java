/** Problem details, paging, idempotency keys: what every HTTP API of the suite shares. */
@NullMarked
package com.faultmaven.common.web;

import org.jspecify.annotations.NullMarked;
