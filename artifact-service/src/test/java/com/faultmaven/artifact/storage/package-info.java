@NullMarked
package com.faultmaven.artifact.storage;

import org.jspecify.annotations.NullMarked;
