package io.backbeat.kafka;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.backbeat.log.LogEntry;
import io.backbeat.log.LogPosition;
import java.io.IOException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A change-stream document as Kafka Connect's MongoDB source writes it, read in one pass.
 *
 * <table>
 * <caption>What becomes of it</caption>
 * <tr><th>operationType</th><th>metadata from</th><th>operation</th></tr>
 * <tr><td>insert, replace</td><td>fullDocument.value</td><td>PUT, or DELETE if its member {@code
 * deleted} is true</td></tr>
 * <tr><td>update</td><td>updateDescription.updatedFields.value, else fullDocument.value</td><td>the
 * same</td></tr>
 * <tr><td>update of parts of the metadata only</td><td>none</td><td>OTHER</td></tr>
 * <tr><td>delete</td><td>none</td><td>DELETE</td></tr>
 * <tr><td>anything else</td><td>none</td><td>OTHER</td></tr>
 * </table>
 *
 * <p>Only Backbeat itself changes parts of metadata (statuses, by path); every write of a client
 * sets the whole. So nothing is lost by leaving such updates to whom they may concern.
 */
final class OplogDocument {
  private static final byte[] NONE = {};

  private String operationType = "";
  private String bucket = "";
  private String key = "";
  private byte @Nullable [] fullValue;
  private byte @Nullable [] updatedValue;
  private boolean deleted;
  private @Nullable Instant clusterTime;

  private OplogDocument() {}

  /**
   * Reads a document.
   *
   * @param otherwise when it happened if the document does not say so
   * @throws IllegalArgumentException if it is no JSON object; says why
   */
  static LogEntry parse(byte[] json, LogPosition position, Instant otherwise) {
    OplogDocument document = new OplogDocument();
    TopicJson.visit(json, document::member);
    byte[] value = document.value();
    return new LogEntry(
        position,
        document.operation(value),
        document.bucket,
        document.key,
        value,
        document.clusterTime == null ? otherwise : document.clusterTime);
  }

  private byte[] value() {
    byte[] value =
        switch (operationType) {
          case "insert", "replace" -> fullValue;
          case "update" -> updatedValue == null ? fullValue : updatedValue;
          default -> null;
        };
    return value == null ? NONE : value;
  }

  private LogEntry.Operation operation(byte[] value) {
    if (operationType.equals("delete")) {
      return LogEntry.Operation.DELETE;
    }
    if (value.length == 0) {
      return LogEntry.Operation.OTHER;
    }
    return deleted ? LogEntry.Operation.DELETE : LogEntry.Operation.PUT;
  }

  private void member(String name, JsonParser parser) throws IOException {
    switch (name) {
      case "operationType" -> operationType = scalar(parser);
      case "ns" -> inObject(parser, "coll", p -> bucket = scalar(p));
      case "documentKey" -> inObject(parser, "_id", p -> key = scalar(p));
      case "fullDocument" -> inObject(parser, "value", p -> fullValue = metadata(p, fullValue));
      case "updateDescription" ->
          inObject(
              parser,
              "updatedFields",
              p -> inObject(p, "value", q -> updatedValue = metadata(q, updatedValue)));
      case "clusterTime" ->
          inObject(
              parser,
              "$timestamp",
              p -> inObject(p, "t", q -> clusterTime = Instant.ofEpochSecond(seconds(q))));
      default -> {
        // nothing a planner needs
      }
    }
  }

  /** Does something where the parser stands. */
  @FunctionalInterface
  private interface Reading {
    void at(JsonParser parser) throws IOException;
  }

  private static void inObject(JsonParser parser, String wanted, Reading reading)
      throws IOException {
    if (parser.currentToken() == JsonToken.START_OBJECT) {
      TopicJson.visitObject(
          parser,
          (name, p) -> {
            if (name.equals(wanted)) {
              reading.at(p);
            }
          });
    }
  }

  /** A text; anything else is nothing an object server wrote, and counts as empty. */
  private static String scalar(JsonParser parser) throws IOException {
    return parser.currentToken() == JsonToken.VALUE_STRING ? parser.getText() : "";
  }

  private static long seconds(JsonParser parser) throws IOException {
    return TopicJson.number(parser, "clusterTime.$timestamp.t");
  }

  private byte @Nullable [] metadata(JsonParser parser, byte @Nullable [] before)
      throws IOException {
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      return before;
    }
    OplogMetadata copied = OplogMetadata.copy(parser);
    deleted |= copied.deleted();
    return copied.json();
  }
}
