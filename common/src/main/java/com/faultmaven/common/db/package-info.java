/** Transactions and row access on the reactive PostgreSQL client. */
@NullMarked
package com.faultmaven.common.db;

import org.jspecify.annotations.NullMarked;
