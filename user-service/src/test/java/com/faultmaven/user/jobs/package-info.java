@NullMarked
package com.faultmaven.user.jobs;

import org.jspecify.annotations.NullMarked;
