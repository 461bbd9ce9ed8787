package io.backbeat.redis;

import io.backbeat.api.LocationName;
import io.backbeat.api.ServiceName;
import io.backbeat.metrics.TimeHistogram;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import redis.clients.jedis.AbstractPipeline;
import redis.clients.jedis.Response;

/**
 * Histograms of replication times: a hash for each location and interval, from the number of the
 * bucket to its count. The keys are our own; the original keeps no such times.
 */
final class StoredTimes {
  /** As counters live. */
  private static final long SECONDS_TO_LIVE = 86_400;

  private final RedisConnection redis;
  private final CounterNames names;

  StoredTimes(RedisConnection redis, CounterNames names) {
    this.redis = redis;
    this.names = names;
  }

  void add(Map<LocationName, TimeHistogram> times, Instant at) {
    redis.tell(RedisConnection.<Long>pipelined(pipeline -> queue(pipeline, times, at)));
  }

  private List<Response<Long>> queue(
      AbstractPipeline pipeline, Map<LocationName, TimeHistogram> times, Instant at) {
    List<Response<Long>> answers = new ArrayList<>();
    times.forEach(
        (location, histogram) -> {
          String name = name(location, at, 0);
          histogram
              .counts()
              .forEach(
                  (bucket, count) -> answers.add(pipeline.hincrBy(name, bucket.toString(), count)));
          answers.add(pipeline.expire(name, SECONDS_TO_LIVE));
        });
    return answers;
  }

  List<TimeHistogram> read(List<LocationName> locations, Instant now, int intervals) {
    if (locations.isEmpty()) {
      return List.of();
    }
    List<Map<String, String>> hashes =
        redis.ask(
            RedisConnection.<Map<String, String>>pipelined(
                pipeline ->
                    locations.stream()
                        .flatMap(
                            location ->
                                IntStream.range(0, intervals)
                                    .mapToObj(i -> pipeline.hgetAll(name(location, now, i))))
                        .toList()));
    return IntStream.range(0, locations.size())
        .mapToObj(i -> histogram(hashes.subList(i * intervals, (i + 1) * intervals)))
        .toList();
  }

  private static TimeHistogram histogram(List<Map<String, String>> hashes) {
    Map<Integer, Long> counts = new HashMap<>();
    for (Map<String, String> hash : hashes) {
      hash.forEach(
          (bucket, count) ->
              counts.merge((int) StoredNumber.of(bucket), StoredNumber.of(count), Long::sum));
    }
    return TimeHistogram.of(counts);
  }

  private String name(LocationName location, Instant now, int before) {
    return names.prefix()
        + "backbeat-java:times:"
        + ServiceName.REPLICATION.wireName()
        + ':'
        + location.value()
        + ':'
        + CounterNames.start(now, before).toEpochMilli();
  }
}
