/** Configuration: its tree, what is suspicious in it, what changed (preprocessing.md). */
@NullMarked
package com.faultmaven.artifact.preprocess.extract.config;

import org.jspecify.annotations.NullMarked;
