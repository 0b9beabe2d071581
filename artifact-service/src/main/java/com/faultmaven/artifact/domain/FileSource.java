package com.faultmaven.artifact.domain;

import com.faultmaven.common.model.artifact.DataType;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A file on this machine that is to be processed.
 *
 * @param fileId its id
 * @param caseId its case
 * @param path where its bytes are; whoever made it deletes it
 * @param filename its clean name
 * @param sizeBytes its size in bytes
 * @param clientType media type that the client sent, null when unknown
 * @param override the type that the client insists on
 */
record FileSource(
    String fileId,
    String caseId,
    Path path,
    String filename,
    long sizeBytes,
    @Nullable String clientType,
    @Nullable DataType override) {}
