/** Objects in S3, for the services that keep some (decisions, section 1). */
@NullMarked
package com.faultmaven.common.s3;

import org.jspecify.annotations.NullMarked;
