@NullMarked
package com.faultmaven.session.storage;

import org.jspecify.annotations.NullMarked;
