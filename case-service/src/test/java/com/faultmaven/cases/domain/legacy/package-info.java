@NullMarked
package com.faultmaven.cases.domain.legacy;

import org.jspecify.annotations.NullMarked;
