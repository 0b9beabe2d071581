/** What the domain models share: wire names of enums and JSON columns. */
@NullMarked
package com.faultmaven.common.model;

import org.jspecify.annotations.NullMarked;
