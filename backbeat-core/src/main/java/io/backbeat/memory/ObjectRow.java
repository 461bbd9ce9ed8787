package io.backbeat.memory;

import io.backbeat.api.LocationName;
import io.backbeat.api.ObjectVersion;
import io.backbeat.api.ReplicationStatus;
import io.backbeat.api.SiteReplication;
import io.backbeat.api.SiteStatus;
import io.backbeat.log.CheckedPut;
import io.backbeat.log.LogEntry;
import io.backbeat.log.LogEntry.Operation;
import io.backbeat.log.LogPosition;
import io.backbeat.status.TrackedStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The newest state of one version in an {@link ObjectTable}, a tombstone if it was deleted. Only
 * the statuses change after it was made; they are guarded by the table.
 */
final class ObjectRow {
  private static final byte[] NO_METADATA = {};

  final ObjectVersion object;
  final long sequence;
  final String revision;
  private final LogEntry entry;
  private final List<SiteReplication> sites;

  private ObjectRow(
      ObjectVersion object,
      long sequence,
      String revision,
      LogEntry entry,
      List<SiteReplication> sites) {
    this.object = object;
    this.sequence = sequence;
    this.revision = revision;
    this.entry = entry;
    this.sites = new ArrayList<>(sites);
  }

  static ObjectRow put(
      CheckedPut put, String revision, byte[] metadata, long sequence, Instant at) {
    LogEntry entry =
        new LogEntry(
            position(sequence), Operation.PUT, put.object().bucket(), put.logKey(), metadata, at);
    return new ObjectRow(put.object(), sequence, revision, entry, put.sites());
  }

  static ObjectRow tombstone(ObjectRow last, long sequence, Instant at) {
    LogEntry entry =
        new LogEntry(
            position(sequence),
            Operation.DELETE,
            last.object.bucket(),
            last.entry.key(),
            NO_METADATA,
            at);
    return new ObjectRow(last.object, sequence, last.revision, entry, List.of());
  }

  private static LogPosition position(long sequence) {
    return new LogPosition(Long.toString(sequence));
  }

  boolean deleted() {
    return entry.operation() == Operation.DELETE;
  }

  LogEntry entry() {
    return entry;
  }

  /** The metadata as it was written, with its revision. */
  byte[] metadata() {
    return entry.value();
  }

  List<SiteReplication> sites() {
    return sites;
  }

  TrackedStatus tracked() {
    return new TrackedStatus(revision, new ReplicationStatus(object, sites));
  }

  /** The index of a location in {@link #sites}, or -1. */
  int indexOf(LocationName location) {
    for (int i = 0; i < sites.size(); i++) {
      if (sites.get(i).location().equals(location)) {
        return i;
      }
    }
    return -1;
  }

  void set(int index, SiteStatus status, String dataStoreVersionId) {
    SiteReplication old = sites.get(index);
    String versionId = dataStoreVersionId.isEmpty() ? old.dataStoreVersionId() : dataStoreVersionId;
    sites.set(index, new SiteReplication(old.location(), status, versionId));
  }
}
