@org.jspecify.annotations.NullMarked
package com.faultmaven.bench;
