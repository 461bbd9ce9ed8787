package io.backbeat.cloudserver;

import java.util.List;

/**
 * Indexes of the collection of a bucket, which listings of lifecycle need on MongoDB. Thread-safe;
 * errors as of {@link CloudServer}.
 */
public interface BucketIndexes {
  /** Those there are. */
  List<Index> list(String bucket) throws CloudServerException;

  /**
   * Makes indexes; one that is there is no error. They may still be under construction on return.
   *
   * @param indexes at least one
   */
  void add(String bucket, List<Index> indexes) throws CloudServerException;

  /**
   * Removes indexes.
   *
   * @param indexes at least one
   */
  void remove(String bucket, List<Index> indexes) throws CloudServerException;

  /**
   * An index.
   *
   * @param keys in their order
   */
  record Index(String name, List<Key> keys) {
    /** Copies the list. */
    public Index {
      keys = List.copyOf(keys);
    }
  }

  /**
   * A member of the documents.
   *
   * @param key its path
   * @param ascending how it is sorted
   */
  record Key(String key, boolean ascending) {}
}
