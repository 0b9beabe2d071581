package com.faultmaven.common.userdata;

import io.smallrye.mutiny.Multi;

/** What a service gives of a user's data: one bean in each service. */
public interface UserDataExport {
  /**
   * The files of the export, one for each category of data, and the raw files if there are any. A
   * file's bytes are read to their end before the next file is asked for, so that neither all of a
   * user's data nor all of one category need to be in memory.
   *
   * @param reader who reads, for {@code data_access_log}: the service that makes the export
   */
  Multi<ExportedFile> files(String userId, String reader);
}
