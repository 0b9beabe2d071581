package com.faultmaven.common.logarchive;

import com.faultmaven.common.web.Cursor;
import java.util.Set;

/**
 * The note of an object with rows of a log.
 *
 * @param key where it is in the bucket
 * @param sha256 of its content before compression, in hexadecimal
 * @param first place of its oldest row
 * @param erased users who were erased since it was written: their traces are not given out
 */
record LogObject(String key, String sha256, Cursor first, Set<String> erased) {
  LogObject {
    erased = Set.copyOf(erased);
  }
}
