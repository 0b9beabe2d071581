@NullMarked
package com.faultmaven.session;

import org.jspecify.annotations.NullMarked;
