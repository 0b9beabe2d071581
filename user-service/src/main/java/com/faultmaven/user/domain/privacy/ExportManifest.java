package com.faultmaven.user.domain.privacy;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import com.faultmaven.common.userdata.ExportArchive;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.List;

/**
 * What is in an export: its last file.
 *
 * @param format {@code faultmaven.export/1}
 * @param exportId id of the export
 * @param userId whose data
 * @param writtenAt when
 * @param files all other files of the archive
 */
@JsonNaming(SnakeCaseStrategy.class)
@RegisterForReflection
record ExportManifest(
    String format,
    String exportId,
    String userId,
    Instant writtenAt,
    List<ExportArchive.Entry> files) {
  static final String FORMAT = "faultmaven.export/1";
}
