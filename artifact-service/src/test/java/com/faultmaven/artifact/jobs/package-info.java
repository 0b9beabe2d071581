@NullMarked
package com.faultmaven.artifact.jobs;

import org.jspecify.annotations.NullMarked;
