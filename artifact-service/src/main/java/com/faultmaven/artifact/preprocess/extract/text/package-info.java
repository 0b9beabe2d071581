/** Prose: the sentences that carry it (preprocessing.md, unstructured_text). */
@NullMarked
package com.faultmaven.artifact.preprocess.extract.text;

import org.jspecify.annotations.NullMarked;
