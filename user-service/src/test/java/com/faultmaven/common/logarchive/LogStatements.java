package com.faultmaven.common.logarchive;

import io.vertx.mutiny.sqlclient.Tuple;

/** What the archive of logs asks the database, for a look at the plans. */
public final class LogStatements {
  /** By key. */
  public static final String FIND = LogNotes.FIND;

  /** By log, key and number. */
  public static final String TO_ERASE = LogNotes.TO_ERASE;

  /** By log and number. */
  public static final String GONE = LogNotes.GONE;

  private LogStatements() {}

  /** By log, then by what is asked for, then by number. */
  public static String list(ArchivedLog log, LogQuery query) {
    return LogNotes.statement(log, query, 17, Tuple.of(log.table()));
  }
}
