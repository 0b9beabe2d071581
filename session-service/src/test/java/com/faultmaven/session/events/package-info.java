@NullMarked
package com.faultmaven.session.events;

import org.jspecify.annotations.NullMarked;
