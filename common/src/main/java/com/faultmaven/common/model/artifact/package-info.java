/** Uploaded files and what preprocessing finds in them (specification 4). */
@NullMarked
package com.faultmaven.common.model.artifact;

import org.jspecify.annotations.NullMarked;
