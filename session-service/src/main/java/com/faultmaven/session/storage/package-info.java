/** Sessions in Redis, ended ones in PostgreSQL. */
@NullMarked
package com.faultmaven.session.storage;

import org.jspecify.annotations.NullMarked;
