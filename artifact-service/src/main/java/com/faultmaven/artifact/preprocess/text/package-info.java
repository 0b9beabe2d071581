/** Bytes to text, and text to lines, within bounds. */
@NullMarked
package com.faultmaven.artifact.preprocess.text;

import org.jspecify.annotations.NullMarked;
