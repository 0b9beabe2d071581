package com.faultmaven.cases.domain.legacy;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Optional;

/**
 * The previous layout, read and never written. Every {@code Uni} fails with {@link
 * com.faultmaven.common.repository.StorageUnavailableException} when Redis is away.
 */
public interface LegacyStore extends AutoCloseable {
  /**
   * A part of the keys.
   *
   * @param keys may name a key twice, as SCAN does
   * @param next where to go on; {@code 0} after the last part
   */
  record Keys(List<String> keys, String next) {
    /** Where SCAN begins and ends. */
    public static final String START = "0";

    public Keys {
      keys = List.copyOf(keys);
    }

    /** Whether nothing follows. */
    public boolean last() {
      return next.equals(START);
    }
  }

  /**
   * Keys that match.
   *
   * @param pattern as Redis matches, for example {@code case:*}
   * @param cursor {@link Keys#START}, or where the part before said to go on
   */
  Uni<Keys> scan(String pattern, String cursor);

  /** All keys that match, part by part, each asked for when the one before is done with. */
  default Multi<Keys> scanAll(String pattern) {
    return Multi.createBy()
        .repeating()
        .uni(
            Cursor::new,
            cursor -> scan(pattern, cursor.place).invoke(keys -> cursor.place = keys.next()))
        .whilst(keys -> !keys.last());
  }

  /** How far a scan is. */
  final class Cursor {
    private volatile String place = Keys.START;
  }

  /**
   * Everything that belongs to the case with this key.
   *
   * @return empty when there is no such key; fails with {@link LegacyCaseRefused} when it holds
   *     something that is no case, or more than is taken into memory
   */
  Uni<Optional<LegacyEntry>> read(String key);

  /** Whether there is such a key. */
  Uni<Boolean> exists(String key);

  /**
   * The key of the case to which a key belongs: without {@code :evidence} and its like; the key
   * itself when it is a case's.
   */
  static String owner(String key) {
    int colon = key.lastIndexOf(':');
    return colon > 0 && LegacyEntry.PARTS.contains(key.substring(colon + 1))
        ? key.substring(0, colon)
        : key;
  }

  /** Ends its connections. */
  @Override
  void close();
}
