/** Use cases of uploaded files: access, processing, keeping, deleting. */
@NullMarked
package com.faultmaven.artifact.domain;

import org.jspecify.annotations.NullMarked;
