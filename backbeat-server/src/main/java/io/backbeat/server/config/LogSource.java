package io.backbeat.server.config;

import java.util.Objects;

/** Where the metadata log is read. */
public sealed interface LogSource {
  /** What the log is called in positions and meters. */
  String logName();

  /**
   * A change stream of the metadata database.
   *
   * @param logName what the log is called
   */
  record ChangeStream(String logName) implements LogSource {
    /** Checks that nothing is null. */
    public ChangeStream {
      Objects.requireNonNull(logName, "logName");
    }
  }

  /**
   * A topic that Kafka Connect fills from the metadata database.
   *
   * @param topic its whole name: no prefix is put before it, as in the original
   * @param groupId the consumer group
   * @param logName what the log is called
   */
  record Oplog(String topic, String groupId, String logName) implements LogSource {
    /** Checks that nothing is null. */
    public Oplog {
      Objects.requireNonNull(topic, "topic");
      Objects.requireNonNull(groupId, "groupId");
      Objects.requireNonNull(logName, "logName");
    }
  }
}
