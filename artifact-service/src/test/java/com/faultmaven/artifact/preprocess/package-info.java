@NullMarked
package com.faultmaven.artifact.preprocess;

import org.jspecify.annotations.NullMarked;
