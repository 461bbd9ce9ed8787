package io.backbeat.redis;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import redis.clients.jedis.AbstractPipeline;
import redis.clients.jedis.Response;

/** Failures by the set they go to. Pure. */
final class FailureBatch {
  private final FailedKeys names;
  private final UnaryOperator<String> place;
  private final Instant now;
  private final Map<String, List<RecordedFailure>> byKey = new LinkedHashMap<>();
  private final Map<String, Long> secondsToLive = new LinkedHashMap<>();

  /**
   * Begins empty.
   *
   * @param place from the key of a set to where its members are written
   */
  FailureBatch(FailedKeys names, UnaryOperator<String> place, Instant now) {
    this.names = names;
    this.place = place;
    this.now = now;
  }

  /** Takes a failure; false if its set would be gone already. */
  boolean add(RecordedFailure failure) {
    long seconds = FailedKeys.secondsToLive(failure.at(), now);
    if (seconds <= 0) {
      return false;
    }
    String key = place.apply(names.of(failure.location(), failure.at()));
    byKey.computeIfAbsent(key, k -> new ArrayList<>()).add(failure);
    secondsToLive.put(key, seconds);
    return true;
  }

  List<String> keys() {
    return List.copyOf(byKey.keySet());
  }

  /** As {@link Script#RECORD} wants them. */
  List<String> arguments() {
    List<String> arguments = new ArrayList<>();
    byKey.forEach(
        (key, failures) -> {
          arguments.add(Long.toString(secondsToLive.getOrDefault(key, 1L)));
          arguments.add(Integer.toString(failures.size()));
          for (RecordedFailure failure : failures) {
            arguments.add(Long.toString(failure.at().toEpochMilli()));
            arguments.add(FailedMember.encode(failure.object()));
          }
        });
    return arguments;
  }

  /** As single commands; a set gets the same end each time. */
  List<Response<Long>> queue(AbstractPipeline pipeline) {
    List<Response<Long>> answers = new ArrayList<>();
    byKey.forEach(
        (key, failures) -> {
          Map<String, Double> members = new LinkedHashMap<>();
          failures.forEach(
              f -> members.put(FailedMember.encode(f.object()), (double) f.at().toEpochMilli()));
          answers.add(pipeline.zadd(key, members));
          answers.add(pipeline.expire(key, secondsToLive.getOrDefault(key, 1L)));
        });
    return answers;
  }
}
