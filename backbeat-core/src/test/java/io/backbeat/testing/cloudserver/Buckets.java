package io.backbeat.testing.cloudserver;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** The buckets of a server; it alone writes them, so they are kept in memory. Thread-safe. */
final class Buckets {
  private final Documents documents;
  private final Map<String, BucketAttributes> known;

  Buckets(Documents documents) {
    this.documents = documents;
    this.known = new ConcurrentHashMap<>(documents.buckets());
  }

  /**
   * A bucket.
   *
   * @throws StandInException NoSuchBucket
   */
  BucketAttributes get(String name) {
    return find(name).orElseThrow(() -> StandInException.of("NoSuchBucket"));
  }

  Optional<BucketAttributes> find(String name) {
    return Optional.ofNullable(known.get(name));
  }

  void put(BucketAttributes bucket) {
    documents.putBucket(bucket);
    known.put(bucket.name(), bucket);
  }

  void remove(String name) {
    documents.removeBucket(name);
    known.remove(name);
  }

  List<BucketAttributes> all() {
    return List.copyOf(new TreeMap<>(known).values());
  }
}
