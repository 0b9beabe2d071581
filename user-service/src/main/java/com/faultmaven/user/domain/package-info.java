/** What one can do with accounts, passwords and tokens: rules, transactions, authorisation. */
@NullMarked
package com.faultmaven.user.domain;

import org.jspecify.annotations.NullMarked;
