package io.backbeat.log;

import io.backbeat.api.ObjectVersion;
import java.util.List;

/**
 * A metadata log that also keeps the metadata: what a program, the REST server or a watched
 * directory writes to when there is no CloudServer. Port. Appending is thread-safe.
 */
public interface MetadataJournal extends MetadataLog, MetadataSource {
  /**
   * Records client writes, in order. Durable on return, all or none. A put gives the version a new
   * revision and the statuses of its {@code replicationInfo}, whatever they were; a delete of an
   * unknown version does nothing.
   *
   * @throws IllegalArgumentException if the metadata of a put is not a JSON object with a readable
   *     {@code replicationInfo}, or tells another version than the put does ({@code versionId},
   *     {@code isNull}); names the object; nothing was recorded
   * @throws io.backbeat.api.BackbeatException INTERNAL_ERROR if the store does not answer; a retry
   *     is safe
   */
  void append(List<MetadataChange> changes);

  /**
   * Objects of a bucket in the order of the UTF-8 bytes of their keys, then version ids.
   *
   * @param bucket the bucket
   * @param after only keys behind this one; empty for the first page
   * @param limit at most so many keys, at least 1; a page has all versions of its keys, so none is
   *     lost between two pages
   */
  List<JournaledObject> list(String bucket, String after, int limit);

  /**
   * One object as the journal holds it.
   *
   * @param object the version
   * @param revision the revision of its last client write
   * @param metadata the JSON text as it was written
   */
  record JournaledObject(ObjectVersion object, String revision, String metadata) {}
}
