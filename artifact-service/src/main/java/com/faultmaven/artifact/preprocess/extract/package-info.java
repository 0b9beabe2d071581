/** What a file of each type says, in a few thousand characters (preprocessing.md, extract). */
@NullMarked
package com.faultmaven.artifact.preprocess.extract;

import org.jspecify.annotations.NullMarked;
