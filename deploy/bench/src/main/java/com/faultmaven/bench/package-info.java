/** Benchmarks: what an operation costs beside the same work done by the server alone. */
@NullMarked
package com.faultmaven.bench;

import org.jspecify.annotations.NullMarked;
