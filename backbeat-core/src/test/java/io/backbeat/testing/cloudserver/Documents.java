package io.backbeat.testing.cloudserver;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Where metadata lies: documents by id, in a collection per bucket. Thread-safe. */
interface Documents extends AutoCloseable {
  /** The attributes of the buckets, by name. */
  Map<String, BucketAttributes> buckets();

  /** Writes the attributes of a bucket. */
  void putBucket(BucketAttributes attributes);

  void removeBucket(String bucket);

  /** The value of a document as JSON text. */
  Optional<String> find(String bucket, String id);

  void put(String bucket, String id, String json);

  void remove(String bucket, String id);

  /** At most so many documents from an id on to another one, in order. */
  List<Document> range(String bucket, String from, String to, int limit);

  /** A document. */
  record Document(String id, String json) {}

  @Override
  void close();
}
