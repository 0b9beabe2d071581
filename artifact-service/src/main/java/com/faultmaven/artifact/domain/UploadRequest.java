package com.faultmaven.artifact.domain;

import com.faultmaven.common.model.artifact.DataType;
import com.faultmaven.common.model.artifact.ProcessingMode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a client wants to be kept.
 *
 * @param files at least one
 * @param dataType the type that it insists on
 * @param mode the choice that it has made
 * @param sessionId the session in which it happens
 * @param idempotencyKey the request's key
 */
public record UploadRequest(
    List<ReceivedFile> files,
    @Nullable DataType dataType,
    @Nullable ProcessingMode mode,
    @Nullable String sessionId,
    @Nullable String idempotencyKey) {
  public UploadRequest {
    files = List.copyOf(files);
  }
}
