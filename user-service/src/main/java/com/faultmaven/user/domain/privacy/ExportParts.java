package com.faultmaven.user.domain.privacy;

import com.faultmaven.common.web.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/** The other services' parts of an export; for threads that may block. */
public interface ExportParts {
  /**
   * Asks all services for their parts at once.
   *
   * @param token a service token
   * @return a part of each, which the caller reads in order and closes; fails with {@link Problem}
   *     503 {@code export-unavailable} when one of them does not begin
   */
  List<Part> open(String userId, String token);

  /**
   * A zip archive that arrives while it is read.
   *
   * @param service whose
   * @param archive its bytes
   */
  record Part(String service, InputStream archive) implements AutoCloseable {
    /** Stops the transfer, also from another thread. */
    @Override
    public void close() throws IOException {
      archive.close();
    }
  }
}
