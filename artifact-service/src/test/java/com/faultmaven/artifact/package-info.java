@NullMarked
package com.faultmaven.artifact;

import org.jspecify.annotations.NullMarked;
