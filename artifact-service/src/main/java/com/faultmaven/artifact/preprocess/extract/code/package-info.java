/** Source code: its parts and its risky patterns (preprocessing.md, source_code). */
@NullMarked
package com.faultmaven.artifact.preprocess.extract.code;

import org.jspecify.annotations.NullMarked;
