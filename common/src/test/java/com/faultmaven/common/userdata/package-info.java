/** Tests of erasure and export. */
@NullMarked
package com.faultmaven.common.userdata;

import org.jspecify.annotations.NullMarked;
