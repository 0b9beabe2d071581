/** Logs: the crime scene of a failure (preprocessing.md, logs_and_errors). */
@NullMarked
package com.faultmaven.artifact.preprocess.extract.logs;

import org.jspecify.annotations.NullMarked;
