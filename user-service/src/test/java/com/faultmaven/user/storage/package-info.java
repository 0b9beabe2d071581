@NullMarked
package com.faultmaven.user.storage;

import org.jspecify.annotations.NullMarked;
