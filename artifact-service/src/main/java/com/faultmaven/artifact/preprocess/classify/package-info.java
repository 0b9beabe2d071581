/** Which of the seven types a file is of, by rules alone (preprocessing.md, classify). */
@NullMarked
package com.faultmaven.artifact.preprocess.classify;

import org.jspecify.annotations.NullMarked;
