/** On which thread work goes on. */
@NullMarked
package com.faultmaven.common.thread;

import org.jspecify.annotations.NullMarked;
