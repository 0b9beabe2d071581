/** HTTP: resources, what they take and what they answer. */
@NullMarked
package com.faultmaven.artifact.api;

import org.jspecify.annotations.NullMarked;
