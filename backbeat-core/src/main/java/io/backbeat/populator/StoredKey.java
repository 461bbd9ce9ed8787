package io.backbeat.populator;

/**
 * A key of the metadata log, taken apart: {@code key} for a master, {@code key\0version} for a
 * version, in buckets of format v1 with {@code \x7fM} or {@code \x7fV} before it.
 *
 * @param objectKey the key of the object
 * @param isMaster whether it is the key of the latest version
 * @param versionId the decoded version id; empty for a master, and for a null version stored under
 *     {@code key\0}
 */
record StoredKey(String objectKey, boolean isMaster, String versionId) {
  private static final char V1_MARK = '\u007f';

  static StoredKey parse(String stored) {
    int start = hasV1Prefix(stored) ? 2 : 0;
    int separator = stored.indexOf('\0', start);
    return separator < 0
        ? new StoredKey(stored.substring(start), true, "")
        : new StoredKey(stored.substring(start, separator), false, stored.substring(separator + 1));
  }

  private static boolean hasV1Prefix(String stored) {
    return stored.length() >= 2
        && stored.charAt(0) == V1_MARK
        && (stored.charAt(1) == 'M' || stored.charAt(1) == 'V');
  }
}
