package com.faultmaven.artifact.domain;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A file as it came from a client, on this machine's disk.
 *
 * @param path where its bytes are; those within the limit, when it was larger
 * @param filename its clean name
 * @param contentType media type that the client sent
 * @param sizeBytes how many bytes came
 */
public record ReceivedFile(
    Path path, String filename, @Nullable String contentType, long sizeBytes) {}
