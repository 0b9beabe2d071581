package com.faultmaven.artifact.domain;

import com.faultmaven.common.model.artifact.PreprocessingResult;

/**
 * What the pipeline made of a file.
 *
 * @param result what was found; says so itself when the file could not be analysed
 * @param mediaType media type of the content
 * @param failed whether analysing the content failed: the file is kept and may be tried again
 */
public record Processed(PreprocessingResult result, String mediaType, boolean failed) {}
