@NullMarked
package com.faultmaven.common.privacy;

import org.jspecify.annotations.NullMarked;
