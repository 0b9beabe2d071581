@NullMarked
package com.faultmaven.session.api;

import org.jspecify.annotations.NullMarked;
