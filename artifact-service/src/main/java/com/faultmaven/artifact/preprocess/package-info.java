/** From an uploaded file to evidence: classification and extraction (specification 4.1 to 4.3). */
@NullMarked
package com.faultmaven.artifact.preprocess;

import org.jspecify.annotations.NullMarked;
