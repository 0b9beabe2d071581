@NullMarked
package com.faultmaven.user.domain;

import org.jspecify.annotations.NullMarked;
