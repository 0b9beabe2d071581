/** Event records, the transactional outbox and idempotent consumers (decisions, section 6). */
@NullMarked
package com.faultmaven.common.event;

import org.jspecify.annotations.NullMarked;
