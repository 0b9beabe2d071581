@NullMarked
package com.faultmaven.session.jobs;

import org.jspecify.annotations.NullMarked;
