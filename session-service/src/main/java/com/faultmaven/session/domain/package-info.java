/** Live sessions and how they end (specification 3.5): rules, transactions, authorisation. */
@NullMarked
package com.faultmaven.session.domain;

import org.jspecify.annotations.NullMarked;
