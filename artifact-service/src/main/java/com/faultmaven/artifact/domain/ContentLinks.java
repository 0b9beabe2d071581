package com.faultmaven.artifact.domain;

import io.smallrye.mutiny.Uni;
import java.net.URI;

/** Addresses under which raw bytes can be fetched from the storage itself, for a short time. */
public interface ContentLinks {
  /**
   * An address for one object that needs no token.
   *
   * @param key the object's key
   * @param disposition Content-Disposition that the storage answers with
   */
  Uni<URI> to(String key, String disposition);
}
