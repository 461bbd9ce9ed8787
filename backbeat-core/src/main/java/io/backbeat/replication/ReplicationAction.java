package io.backbeat.replication;

/** What a replication job asks of a destination. */
public enum ReplicationAction {
  /** The version is a delete marker: remove the key. */
  DELETE_OBJECT,
  /** Write the object with one request. */
  PUT_OBJECT,
  /** Write the object in parts, because it is large or was written in parts. */
  MULTIPART;

  /** From this many bytes on an object is written in parts, where the destination knows parts. */
  public static final long MULTIPART_THRESHOLD = 20_000_000;

  /**
   * Decides. Pure. A change of metadata alone is a whole put: stores of this SPI cannot change tags
   * in place.
   */
  public static ReplicationAction of(SourceVersion version) {
    if (version.deleteMarker()) {
      return DELETE_OBJECT;
    }
    // The md5 of an object that was uploaded in parts is "<md5 of md5s>-<parts>".
    boolean large = version.size() >= MULTIPART_THRESHOLD;
    return large || version.contentMd5().contains("-") ? MULTIPART : PUT_OBJECT;
  }
}
