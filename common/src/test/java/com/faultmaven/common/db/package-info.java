@org.jspecify.annotations.NullMarked
package com.faultmaven.common.db;
