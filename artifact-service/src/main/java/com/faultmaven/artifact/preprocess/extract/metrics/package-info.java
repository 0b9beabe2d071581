/** Metrics: series and what is unusual in them (preprocessing.md, metrics_and_performance). */
@NullMarked
package com.faultmaven.artifact.preprocess.extract.metrics;

import org.jspecify.annotations.NullMarked;
