package io.backbeat.mongodb;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Projections;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.bson.BsonDocument;

/** The key formats of buckets, as {@code __metastore} has them; remembered for a while. */
final class BucketFormats {
  /** A bucket that is deleted and made again could have another format. */
  private static final Duration REMEMBERED = Duration.ofSeconds(30);

  private static final int MAX_BUCKETS = 10_000;
  private static final String V_FORMAT = "vFormat";

  private record Known(KeyFormat format, Instant until) {}

  private final MongoConnection mongo;
  private final Clock clock;
  private final Map<String, Known> known = new ConcurrentHashMap<>();

  BucketFormats(MongoConnection mongo, Clock clock) {
    this.mongo = mongo;
    this.clock = clock;
  }

  KeyFormat of(String bucket) {
    Instant now = clock.instant();
    Known before = known.get(bucket);
    if (before != null && now.isBefore(before.until())) {
      return before.format();
    }
    BsonDocument attributes =
        mongo
            .metadata(BucketNames.METASTORE)
            .find(Filters.eq(bucket))
            .projection(Projections.include(V_FORMAT))
            .first();
    KeyFormat format =
        attributes != null && attributes.isString(V_FORMAT)
            ? KeyFormat.of(attributes.getString(V_FORMAT).getValue())
            : KeyFormat.V0;
    if (known.size() >= MAX_BUCKETS) {
      known.clear();
    }
    known.put(bucket, new Known(format, now.plus(REMEMBERED)));
    return format;
  }
}
