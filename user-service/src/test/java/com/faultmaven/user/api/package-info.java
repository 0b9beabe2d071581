@NullMarked
package com.faultmaven.user.api;

import org.jspecify.annotations.NullMarked;
