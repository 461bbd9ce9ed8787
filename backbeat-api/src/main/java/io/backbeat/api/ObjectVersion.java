package io.backbeat.api;

/**
 * One version of one object. None of its texts may hold half of a surrogate pair: no object server
 * has such a name, and no store could give it back.
 *
 * @param bucket the bucket, not empty
 * @param key the object key, not empty; any Unicode text, also with {@code :}, newlines and leading
 *     dots
 * @param versionId the encoded version id; {@code "null"} for a null version, empty when the bucket
 *     is not versioned
 */
public record ObjectVersion(String bucket, String key, String versionId)
    implements Comparable<ObjectVersion> {
  /** The version id of an object in a bucket without versioning. */
  public static final String UNVERSIONED = "";

  /** Checks that bucket and key are not empty, and that all three are well-formed Unicode. */
  public ObjectVersion {
    Checks.unicode(Checks.notEmpty(bucket, "bucket"), "bucket");
    Checks.unicode(Checks.notEmpty(key, "object key"), "object key");
    Checks.unicode(versionId, "version id");
  }

  /** An object of a bucket without versioning. */
  public static ObjectVersion unversioned(String bucket, String key) {
    return new ObjectVersion(bucket, key, UNVERSIONED);
  }

  /**
   * What orders work: {@code bucket/key}. Changes of one key are processed one after the other,
   * whatever the version.
   */
  public String orderingKey() {
    return bucket + '/' + key;
  }

  @Override
  public int compareTo(ObjectVersion other) {
    int byBucket = bucket.compareTo(other.bucket);
    int byKey = byBucket != 0 ? byBucket : key.compareTo(other.key);
    return byKey != 0 ? byKey : versionId.compareTo(other.versionId);
  }

  /** {@code bucket/key} or {@code bucket/key?versionId=id}, for messages. */
  @Override
  public String toString() {
    return versionId.isEmpty() ? orderingKey() : orderingKey() + "?versionId=" + versionId;
  }
}
