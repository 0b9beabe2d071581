@NullMarked
package com.faultmaven.artifact.api;

import org.jspecify.annotations.NullMarked;
