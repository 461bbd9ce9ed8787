package io.backbeat.server.golden;

import io.backbeat.api.LocationName;
import io.backbeat.api.ObjectVersion;
import io.backbeat.api.ServiceName;
import io.backbeat.metrics.Counter;
import io.backbeat.metrics.CounterKey;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the original's keys of counters mean, and the texts it reads as numbers. Pure. */
final class RedisKeys {
  private static final Pattern COUNTER =
      Pattern.compile(
          "(?<owner>.+?):(?<service>bb:crr|bb:ingestion|test:bb):(?<op>(?:object:)?[a-z]+)"
              + "(?::requests:(?<interval>\\d+))?");
  private static final Pattern INTEGER = Pattern.compile("\\s*([+-]?\\d+).*", Pattern.DOTALL);
  private static final BigInteger MIN = BigInteger.valueOf(Long.MIN_VALUE);
  private static final BigInteger MAX = BigInteger.valueOf(Long.MAX_VALUE);
  private static final Map<String, Counter> COUNTERS =
      Map.of(
          "ops", Counter.OPS,
          "bytes", Counter.BYTES,
          "opsdone", Counter.OPS_DONE,
          "bytesdone", Counter.BYTES_DONE,
          "opsfail", Counter.OPS_FAIL,
          "bytesfail", Counter.BYTES_FAIL,
          "opspending", Counter.OPS_PENDING,
          "bytespending", Counter.BYTES_PENDING,
          "object:bytes", Counter.OBJECT_BYTES,
          "object:bytesdone", Counter.OBJECT_BYTES_DONE);

  private RedisKeys() {}

  /**
   * A counter.
   *
   * @param key which
   * @param interval the start of its interval; empty for one that goes up and down
   */
  record CounterAt(CounterKey key, Optional<Instant> interval) {}

  /** The counter that a key with resolved times names. */
  static Optional<CounterAt> counter(String key) {
    Matcher matcher = COUNTER.matcher(key);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    String[] owner = matcher.group("owner").split(":", -1);
    Optional<ObjectVersion> object =
        owner.length == 4
            ? Optional.of(new ObjectVersion(owner[1], owner[2], owner[3]))
            : Optional.empty();
    // Where the names of both services are the same, the location tells.
    boolean ingestion =
        matcher.group("service").equals("bb:ingestion") || owner[0].endsWith("-ingestion");
    CounterKey named =
        new CounterKey(
            ingestion ? ServiceName.INGESTION : ServiceName.REPLICATION,
            LocationName.of(owner[0]),
            object,
            Optional.ofNullable(COUNTERS.get(matcher.group("op"))).orElseThrow());
    return Optional.of(
        new CounterAt(
            named,
            Optional.ofNullable(matcher.group("interval"))
                .map(millis -> Instant.ofEpochMilli(Long.parseLong(millis)))));
  }

  /**
   * The number that the original reads from a value: the integer it starts with, here at most what
   * a long can hold; nothing for no number, which no store of ours can have.
   */
  static Optional<Long> number(String value) {
    Matcher matcher = INTEGER.matcher(value);
    return matcher.matches()
        ? Optional.of(new BigInteger(matcher.group(1)).max(MIN).min(MAX).longValueExact())
        : Optional.empty();
  }
}
