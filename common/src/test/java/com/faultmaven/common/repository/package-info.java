@NullMarked
package com.faultmaven.common.repository;

import org.jspecify.annotations.NullMarked;
