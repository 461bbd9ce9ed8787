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
  default List<JournaledObject> list(String bucket, String after, int limit) {
    return list(bucket, "", after, limit);
  }

  /**
   * Objects of a bucket whose keys begin with a prefix, in the order of {@link #list(String,
   * String, int)}. Takes time in proportion to the page, wherever the prefix stands.
   *
   * @param bucket the bucket
   * @param prefix what the keys begin with; empty for all
   * @param after only keys behind this one; empty for the first page
   * @param limit at most so many keys, at least 1; a page has all versions of its keys, and an
   *     empty page means that there are no more
   */
  List<JournaledObject> list(String bucket, String prefix, String after, int limit);

  /**
   * The names of buckets that may have objects, in the order of their UTF-8 bytes. One that has
   * lost its last object may be among them.
   *
   * @param after only names behind this one; empty for the first page
   * @param limit at most so many, at least 1
   */
  List<String> buckets(String after, int limit);

  /**
   * One object as the journal holds it.
   *
   * @param object the version
   * @param revision the revision of its last client write
   * @param metadata the JSON text as it was written
   */
  record JournaledObject(ObjectVersion object, String revision, String metadata) {}
}
