package io.backbeat.cloudserver.backends;

import io.backbeat.api.LocationName;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Compares the ETags that clouds give to parts with the md5 of what was sent. Where a cloud
 * encrypts with keys of its own they are something else, and nobody says so; so a location counts
 * from its first ETag that was an md5, until {@link #DOUBTS} in a row were none. Thread-safe; holds
 * a number for each location.
 */
final class PartEtags {
  /** As many parts may arrive broken one after the other and be noticed. */
  static final int DOUBTS = 10;

  private final Map<LocationName, Integer> doubts = new ConcurrentHashMap<>();

  /** Whether a part has arrived as it was sent, as far as can be told. */
  boolean agree(LocationName location, String etag, String md5) {
    if (etag.replace("\"", "").equals(md5)) {
      doubts.put(location, 0);
      return true;
    }
    // Counts up to the limit; then the location is one that is not known, and agrees to all.
    Integer now =
        doubts.computeIfPresent(location, (l, count) -> count + 1 > DOUBTS ? null : count + 1);
    return now == null;
  }
}
