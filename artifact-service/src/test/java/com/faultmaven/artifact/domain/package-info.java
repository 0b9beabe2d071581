@NullMarked
package com.faultmaven.artifact.domain;

import org.jspecify.annotations.NullMarked;
