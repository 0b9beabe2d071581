package com.faultmaven.cases.storage;

import static java.util.stream.Collectors.joining;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * A table whose rows are one record of the model: column and component have the same name. Rows go
 * in as one JSON array, however many they are, and come out as one JSON object each; so a row has
 * one form, alone or within the whole case.
 *
 * <p>Its statements are put together once.
 */
final class Table<R> {
  /**
   * An instant with all that PostgreSQL keeps of it: seconds since 1970, to the microsecond. To
   * read them as a text took a fifth of what a list of evidence allocated.
   */
  static final String SECONDS = "extract(epoch FROM %s)";

  /** An instant as on the wire (decisions, section 2). */
  static final String ON_WIRE =
      "to_char(%s AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.MS\"Z\"')";

  private final Class<R> type;
  private final String name;
  private final String idColumn;
  private final String key;
  private final Set<String> fixed;
  private final List<Column> columns;
  private final String select;
  private final String insert;
  private final String upsert;
  private final String update;

  /**
   * A table.
   *
   * @param type the record
   * @param name the table
   * @param idColumn the column of the row's own id
   * @param key the primary key
   * @param fixed columns that never change
   * @param columns all columns that the record has
   */
  Table(
      Class<R> type,
      String name,
      String idColumn,
      String key,
      Set<String> fixed,
      List<Column> columns) {
    this.type = type;
    this.name = name;
    this.idColumn = idColumn;
    this.key = key;
    this.fixed = fixed;
    this.columns = columns;
    select = "SELECT row_to_json(%s)::text FROM %s".formatted(row(SECONDS), name);
    insert = makeInsert();
    upsert = makeUpsert();
    update = makeUpdate();
  }

  record Column(String name, String type) {
    static Column parse(String definition) {
      int space = definition.indexOf(' ');
      return new Column(definition.substring(0, space), definition.substring(space + 1));
    }
  }

  /** Reads the columns from lines like {@code created_at timestamptz}. */
  static List<Column> columns(String lines) {
    return Arrays.stream(lines.split("\n")).map(Column::parse).toList();
  }

  Class<R> type() {
    return type;
  }

  String name() {
    return name;
  }

  String idColumn() {
    return idColumn;
  }

  /**
   * A row as a record with the columns' names. PostgreSQL makes JSON of a record a quarter faster
   * than of the arguments of json_build_object, whose types it looks up for each row.
   *
   * @param instants {@link #SECONDS} or {@link #ON_WIRE}
   */
  String row(String instants) {
    return row(instants, column -> true);
  }

  /** The same with some of the columns, by their names. */
  String row(String instants, Predicate<String> wanted) {
    return "(SELECT shown FROM (SELECT %s) AS shown)"
        .formatted(
            columns.stream()
                .filter(column -> wanted.test(column.name()))
                .map(column -> value(column, instants))
                .collect(joining(", ")));
  }

  /**
   * A row as the JSON text of an object that further fields are to end: pairs like {@code
   * ',"tags":', (SELECT ...)}, then a brace. Text, since each function that takes JSON and gives
   * JSON copies all of it.
   */
  String openObject(String instants, Predicate<String> wanted) {
    return "left(row_to_json(%s)::text, -1)".formatted(row(instants, wanted));
  }

  /** Selects rows as JSON text; conditions are to follow. */
  String select() {
    return select;
  }

  /**
   * Selects rows as they are shown; conditions are to follow. Behind the JSON text of each is its
   * time in microseconds since 1970, which the text has to the millisecond alone.
   *
   * @param time the column by which lists are in order
   */
  String selectShown(String time) {
    return "SELECT concat(row_to_json(%s)::text, (%s * 1000000)::bigint) FROM %s"
        .formatted(row(ON_WIRE), SECONDS.formatted(time), name);
  }

  /** Inserts the rows of a JSON array. */
  String insert() {
    return insert;
  }

  private String makeInsert() {
    return insertFrom("jsonb_to_recordset(?::text::jsonb)");
  }

  /** Inserts rows that a function gives as records. */
  String insertFrom(String source) {
    return """
        INSERT INTO %s (%s)
        SELECT %s FROM %s AS given (%s)
        """
        .formatted(
            name,
            list(Column::name),
            list(column -> "given." + column.name()),
            source,
            definitions());
  }

  /** Inserts the rows of a JSON array that are not there. */
  String insertNew() {
    return insert + "ON CONFLICT (" + key + ") DO NOTHING";
  }

  /** Inserts the rows of a JSON array, and replaces those of the same case that have changed. */
  String upsert() {
    return upsert;
  }

  private String makeUpsert() {
    return insert
        + """
        ON CONFLICT (%1$s) DO UPDATE SET (%2$s) = ROW (%3$s)
        WHERE %4$s.case_id = excluded.case_id AND ROW (%5$s) IS DISTINCT FROM ROW (%3$s)
        """
            .formatted(key, changing(""), changing("excluded."), name, changing(name + "."));
  }

  /** Replaces the rows of a JSON array, all of the case whose id is the second parameter. */
  String update() {
    return update;
  }

  private String makeUpdate() {
    return """
        UPDATE %1$s SET (%2$s) = ROW (%3$s)
        FROM jsonb_to_recordset(?::text::jsonb) AS given (%4$s)
        WHERE %1$s.case_id = ? AND %1$s.%5$s = given.%5$s
        """
        .formatted(name, changing(""), changing("given."), definitions(), idColumn);
  }

  private String changing(String prefix) {
    return columns.stream()
        .map(Column::name)
        .filter(column -> !fixed.contains(column))
        .map(column -> prefix + column)
        .collect(joining(", "));
  }

  private String definitions() {
    return list(column -> column.name() + " " + column.type());
  }

  private String list(Function<Column, String> text) {
    return columns.stream().map(text).collect(joining(", "));
  }

  private String value(Column column, String instants) {
    String qualified = name + "." + column.name();
    return column.type().equals("timestamptz")
        ? instants.formatted(qualified) + " AS " + column.name()
        : qualified;
  }
}
