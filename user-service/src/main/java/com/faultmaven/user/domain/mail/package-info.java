/** Mails to the owners of accounts: what they say, and their queue. */
@NullMarked
package com.faultmaven.user.domain.mail;

import org.jspecify.annotations.NullMarked;
