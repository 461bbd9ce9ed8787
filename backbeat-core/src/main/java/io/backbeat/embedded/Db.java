package io.backbeat.embedded;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One connection and its prepared statements. Not thread-safe. A statement must not be run again
 * while its own rows are being read, which the methods here ensure by reading rows to the end.
 */
final class Db implements AutoCloseable {
  /** Makes a value of the current row. */
  @FunctionalInterface
  interface Row<T> {
    T read(ResultSet row) throws SQLException;
  }

  private final Connection connection;
  private final Map<String, PreparedStatement> statements = new HashMap<>();

  Db(Connection connection) {
    this.connection = connection;
  }

  /** Runs a statement that gives no rows, for pragmas and schema. */
  void execute(String sql) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /**
   * Changes rows; returns how many. The text of the statement must be a constant: every text is
   * prepared once and kept.
   */
  int update(String sql, @Nullable Object... arguments) throws SQLException {
    return run(sql, PreparedStatement::executeUpdate, arguments);
  }

  /** Every row. */
  <T> List<T> list(String sql, Row<T> row, @Nullable Object... arguments) throws SQLException {
    return query(
        sql,
        rows -> {
          List<T> result = new ArrayList<>();
          while (rows.next()) {
            result.add(row.read(rows));
          }
          return result;
        },
        arguments);
  }

  /** The first row. */
  <T> Optional<T> first(String sql, Row<T> row, @Nullable Object... arguments) throws SQLException {
    return query(
        sql, rows -> rows.next() ? Optional.of(row.read(rows)) : Optional.empty(), arguments);
  }

  /** The number in the first column of the first row, or -1 without a row. */
  long number(String sql, @Nullable Object... arguments) throws SQLException {
    return query(sql, rows -> rows.next() ? rows.getLong(1) : -1L, arguments);
  }

  private <T> T query(String sql, Row<T> reader, @Nullable Object... arguments)
      throws SQLException {
    return run(
        sql,
        statement -> {
          try (ResultSet rows = statement.executeQuery()) {
            return reader.read(rows);
          }
        },
        arguments);
  }

  private interface Run<T> {
    T with(PreparedStatement statement) throws SQLException;
  }

  private <T> T run(String sql, Run<T> run, @Nullable Object... arguments) throws SQLException {
    boolean done = false;
    try {
      T result = run.with(bind(sql, arguments));
      done = true;
      return result;
    } finally {
      if (!done) {
        forget(sql);
      }
    }
  }

  /** The driver gives up a statement that failed, and it cannot be run again. */
  private void forget(String sql) {
    PreparedStatement failed = statements.remove(sql);
    if (failed != null) {
      try {
        failed.close();
      } catch (SQLException e) {
        // What failed before is what matters.
      }
    }
  }

  /** The number that a statement gives which is run once and not kept. */
  long pragma(String sql) throws SQLException {
    try (var statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      return rows.next() ? rows.getLong(1) : -1;
    }
  }

  private PreparedStatement bind(String sql, @Nullable Object... arguments) throws SQLException {
    PreparedStatement statement = statements.get(sql);
    if (statement == null) {
      statement = connection.prepareStatement(sql);
      statements.put(sql, statement);
    }
    for (int i = 0; i < arguments.length; i++) {
      Object argument = arguments[i];
      if (argument instanceof String text) {
        statement.setString(i + 1, Text.requireUnicode(text));
      } else {
        statement.setObject(i + 1, argument);
      }
    }
    return statement;
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
