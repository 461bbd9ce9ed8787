package io.backbeat.server.cluster;

import io.backbeat.api.ObjectVersion;
import io.backbeat.log.LogBatch;
import io.backbeat.log.LogPosition;
import io.backbeat.log.LostRange;
import io.backbeat.log.MetadataChange;
import io.backbeat.log.MetadataJournal;
import io.backbeat.log.MetadataLog;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A journal whose changes are read from another log than its own: metadata in MongoDB, changes from
 * the topic that Kafka Connect fills from it. Thread-safe as its parts are.
 *
 * @param log tells the changes
 * @param metadata keeps the metadata
 */
record OplogJournal(MetadataLog log, MetadataJournal metadata) implements MetadataJournal {
  @Override
  public String name() {
    return log.name();
  }

  @Override
  public LogBatch read(LogPosition from, int maxEntries, Duration wait) {
    return log.read(from, maxEntries, wait);
  }

  @Override
  public long lag(LogPosition from) {
    return log.lag(from);
  }

  @Override
  public List<LostRange> lost() {
    return log.lost();
  }

  @Override
  public void append(List<MetadataChange> changes) {
    metadata.append(changes);
  }

  @Override
  public Optional<String> find(ObjectVersion object) {
    return metadata.find(object);
  }

  @Override
  public List<JournaledObject> list(String bucket, String prefix, String after, int limit) {
    return metadata.list(bucket, prefix, after, limit);
  }

  @Override
  public List<String> buckets(String after, int limit) {
    return metadata.buckets(after, limit);
  }

  @Override
  public void close() {
    log.close();
    metadata.close();
  }
}
