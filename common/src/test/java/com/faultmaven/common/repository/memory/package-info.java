@NullMarked
package com.faultmaven.common.repository.memory;

import org.jspecify.annotations.NullMarked;
