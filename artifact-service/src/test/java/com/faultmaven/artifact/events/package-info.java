@NullMarked
package com.faultmaven.artifact.events;

import org.jspecify.annotations.NullMarked;
