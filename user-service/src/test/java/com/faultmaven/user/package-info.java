@NullMarked
package com.faultmaven.user;

import org.jspecify.annotations.NullMarked;
