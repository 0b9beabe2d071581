package com.faultmaven.artifact.domain;

import com.faultmaven.common.model.artifact.UploadedFile;
import com.faultmaven.common.web.Problem;
import java.util.List;
import java.util.Optional;

/** What a file must be to be taken (preprocessing.md, validate). */
final class UploadRules {
  private static final List<String> SUGGESTIONS =
      List.of(
          "Upload only the time range in which the problem happened.",
          "Upload only lines of level ERROR and worse.",
          "Upload the log of one component.",
          "Split the file and upload its parts.");

  private UploadRules() {}

  /** Why the file is refused; empty when it is not. */
  static Optional<Problem> refusal(ReceivedFile file) {
    if (file.sizeBytes() > UploadedFile.MAX_SIZE_BYTES) {
      return Optional.of(
          Problem.of(
                  413,
                  "file-too-large",
                  String.format(
                      "The file has %,d bytes, the limit is %,d: upload the relevant part of it.",
                      file.sizeBytes(), UploadedFile.MAX_SIZE_BYTES))
              .with("size_bytes", file.sizeBytes())
              .with("limit_bytes", UploadedFile.MAX_SIZE_BYTES)
              .with("suggestions", SUGGESTIONS));
    }
    if (file.sizeBytes() == 0) {
      return Optional.of(Problem.of(422, "empty-file", "The file is empty."));
    }
    return Optional.empty();
  }
}
