@NullMarked
package com.faultmaven.cases.storage;

import org.jspecify.annotations.NullMarked;
