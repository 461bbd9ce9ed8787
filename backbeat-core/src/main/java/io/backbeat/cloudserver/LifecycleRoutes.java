package io.backbeat.cloudserver;

import io.backbeat.api.ObjectVersion;

/** What lifecycle asks of CloudServer. Thread-safe; errors as of {@link CloudServer}. */
public interface LifecycleRoutes {
  /**
   * One page of the objects of a bucket that are old enough.
   *
   * @see LifecycleListing#next
   */
  LifecycleListing.Page list(LifecycleListing listing) throws CloudServerException;

  /**
   * Deletes as the expiration of an object does: of a version, or, with an empty version id in a
   * bucket with versions, by a delete marker. Not repeated when the connection breaks, as every
   * repetition would make another marker.
   */
  void expire(ObjectVersion object) throws CloudServerException;
}
