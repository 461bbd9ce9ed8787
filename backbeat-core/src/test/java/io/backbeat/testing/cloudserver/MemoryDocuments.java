package io.backbeat.testing.cloudserver;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;

/** Documents in memory. */
final class MemoryDocuments implements Documents {
  private final Map<String, BucketAttributes> buckets = new ConcurrentHashMap<>();
  private final Map<String, ConcurrentNavigableMap<String, String>> documents =
      new ConcurrentHashMap<>();

  private ConcurrentNavigableMap<String, String> of(String bucket) {
    return documents.computeIfAbsent(bucket, name -> new ConcurrentSkipListMap<>());
  }

  @Override
  public Map<String, BucketAttributes> buckets() {
    return Map.copyOf(buckets);
  }

  @Override
  public void putBucket(BucketAttributes attributes) {
    buckets.put(attributes.name(), attributes);
  }

  @Override
  public void removeBucket(String bucket) {
    buckets.remove(bucket);
    documents.remove(bucket);
  }

  @Override
  public Optional<String> find(String bucket, String id) {
    return Optional.ofNullable(of(bucket).get(id));
  }

  @Override
  public void put(String bucket, String id, String json) {
    of(bucket).put(id, json);
  }

  @Override
  public void remove(String bucket, String id) {
    of(bucket).remove(id);
  }

  @Override
  public List<Document> range(String bucket, String from, String to, int limit) {
    return of(bucket).subMap(from, to).entrySet().stream()
        .limit(limit)
        .map(entry -> new Document(entry.getKey(), entry.getValue()))
        .toList();
  }

  @Override
  public void close() {
    // Nothing to be released.
  }
}
