package io.backbeat.bulk;

/** Goes through all that a request could mean, step by step, and changes nothing. */
@FunctionalInterface
interface BulkWalk {
  /**
   * Looks at what follows a cursor.
   *
   * @param limit at most about so many items
   * @throws io.backbeat.api.BackbeatException INTERNAL_ERROR if a store does not answer; a retry is
   *     safe
   */
  Found look(Cursor from, int limit);
}
