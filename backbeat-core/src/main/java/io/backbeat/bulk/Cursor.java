package io.backbeat.bulk;

/**
 * Where a walk stands: behind an item of a group.
 *
 * @param group the bucket or the location; empty before the first one
 * @param after the key or the marker of the last item that was dealt with; empty before the first
 */
record Cursor(String group, String after) {
  /** Before everything. */
  static final Cursor START = new Cursor("", "");
}
