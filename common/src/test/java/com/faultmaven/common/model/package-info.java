@NullMarked
package com.faultmaven.common.model;

import org.jspecify.annotations.NullMarked;
