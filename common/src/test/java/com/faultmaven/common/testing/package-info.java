/** What the tests of every service share: real servers, tokens, rules of structure. */
@NullMarked
package com.faultmaven.common.testing;

import org.jspecify.annotations.NullMarked;
