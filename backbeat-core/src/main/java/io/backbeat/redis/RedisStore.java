package io.backbeat.redis;

import io.backbeat.api.ServiceName;
import io.backbeat.metrics.CountedSources;
import io.backbeat.metrics.CounterStore;
import java.time.Clock;
import java.util.Map;
import redis.clients.jedis.UnifiedJedis;

/**
 * Everything that is on one Redis. Connects with the first command and again by itself; holds at
 * most 16 connections, one of them for each subscription. Thread-safe; its parts are the same
 * object each time and share the connections.
 *
 * <p>Redis answers from memory and writes to disk later: what it acknowledged may be gone after a
 * crash of its machine. So nothing is kept here that cannot be told from elsewhere, except the
 * history of counters.
 */
public final class RedisStore implements AutoCloseable {
  private final RedisConnection redis;
  private final RedisCounters counters;
  private final RedisCountedSources countedSources;
  private final RedisFailedIndex failedIndex;
  private final RedisView view;

  private RedisStore(RedisOptions options, Clock clock) {
    this.redis = new RedisConnection(options);
    CounterNames names = new CounterNames(options.keyPrefix(), options.testNames());
    FailedKeys failed = new FailedKeys(options.keyPrefix(), options.testNames());
    this.counters = new RedisCounters(redis, names, clock);
    this.countedSources = new RedisCountedSources(redis, names);
    this.failedIndex = new RedisFailedIndex(redis, failed, clock);
    this.view = new RedisView(redis, failed, names, clock);
  }

  /**
   * Opens the store. Does not connect yet.
   *
   * @param clock what time it is; decides how long failed sets live
   * @throws IllegalStateException if Jedis is not on the class path; names what to add
   */
  public static RedisStore open(RedisOptions options, Clock clock) {
    try {
      Class.forName("redis.clients.jedis.UnifiedJedis", false, RedisStore.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(
          "Redis needs redis.clients:jedis; add that artifact to the class path", e);
    }
    return new RedisStore(options, clock);
  }

  /**
   * Counters. Of a series, the numbers of the last two intervals are always fresh; those of
   * intervals that are over may be up to five seconds old, which shows only when a late message or
   * another process changes one of them: it then counts five seconds later in the sum of a day.
   * What this store adds shows at once.
   */
  public CounterStore counters() {
    return counters;
  }

  /**
   * Counters that count a record once. On one server or behind sentinels that is exact, as far as
   * Redis keeps what it acknowledged. In a cluster, counters and offset are on different nodes: a
   * crash between them counts one run twice, and two processes that count one source at the same
   * time may both succeed.
   */
  public CountedSources countedSources() {
    return countedSources;
  }

  /** Failures of the last 24 hours, as the original lists them. */
  public RedisFailedIndex failedIndex() {
    return failedIndex;
  }

  /** Makes anew what can be told from the ledger. */
  public RedisView view() {
    return view;
  }

  /**
   * Messages of pause and resume.
   *
   * @param topics the topic that each service's channels are named after, without the prefix of
   *     Kafka topics: {@code backbeat-replication} and {@code backbeat-ingestion} by default
   */
  public LocationCommands commands(Map<ServiceName, String> topics) {
    return new LocationCommands(redis, topics);
  }

  /**
   * Asks for a sign of life.
   *
   * @throws io.backbeat.api.BackbeatException INTERNAL_ERROR if there is none within the time-out
   */
  public void ping() {
    redis.ask(UnifiedJedis::ping);
  }

  /** Closes all connections; subscriptions are to be closed before. Idempotent. */
  @Override
  public void close() {
    redis.close();
  }
}
