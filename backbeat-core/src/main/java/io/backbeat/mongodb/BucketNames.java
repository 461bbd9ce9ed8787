package io.backbeat.mongodb;

import com.mongodb.client.model.Filters;
import org.bson.conversions.Bson;

/** Which collections of the metadata database are buckets. Pure. */
final class BucketNames {
  /** Lists the buckets. */
  static final String METASTORE = "__metastore";

  /** Where the state of lifecycle at locations is kept. */
  static final String LOCATION_STATUS = "__locationStatusStore";

  private static final String UPLOADS = "mpuShadowBucket";
  private static final String OVERLAY = "PENSIEVE";
  private static final String NO_BUCKET = "^(__|" + UPLOADS + "|system\\.|" + OVERLAY + "$)";

  private BucketNames() {}

  /**
   * Whether a collection holds the objects of a bucket: not the lists of buckets ({@code
   * __metastore}, {@code __usersbucket}), nor uploads in progress, nor anything internal.
   */
  static boolean isBucket(String collection) {
    return !collection.startsWith("__")
        && !collection.startsWith(UPLOADS)
        && !collection.startsWith("system.")
        && !collection.equals(OVERLAY);
  }

  /** The same for a field that has the name of a collection. */
  static Bson areBuckets(String field) {
    return Filters.not(Filters.regex(field, NO_BUCKET));
  }
}
