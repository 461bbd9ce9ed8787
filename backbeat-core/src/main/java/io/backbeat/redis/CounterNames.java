package io.backbeat.redis;

import io.backbeat.api.ObjectVersion;
import io.backbeat.api.ServiceName;
import io.backbeat.metrics.Counter;
import io.backbeat.metrics.CounterKey;
import io.backbeat.metrics.CounterStore;
import java.time.Instant;

/**
 * What counters are called. Pure. Names are those of the original, which has no counters of
 * lifecycle and few of ingestion; the missing ones are named alike.
 *
 * @param prefix before every name
 * @param testNames whether the names are those of the original's tests, the same for replication
 *     and ingestion
 */
record CounterNames(String prefix, boolean testNames) {
  /** {@code <location>:<op>}, or {@code <location>:<bucket>:<key>:<version>:<op>}. */
  String of(CounterKey key) {
    StringBuilder name = new StringBuilder(prefix).append(key.location().value()).append(':');
    key.object().ifPresent(object -> name.append(of(object)).append(':'));
    return name.append(operation(key.service(), key.counter())).toString();
  }

  /** The name of one interval of a series. */
  static String interval(String series, Instant start) {
    return series + ":requests:" + start.toEpochMilli();
  }

  /** The start of the interval that many intervals before the one of an instant. */
  static Instant start(Instant now, int before) {
    return CounterStore.intervalStart(now)
        .minusSeconds((long) before * CounterStore.INTERVAL_SECONDS);
  }

  private static String of(ObjectVersion object) {
    return FailedMember.encode(object);
  }

  String operation(ServiceName service, Counter counter) {
    String point = point(counter);
    if (service == ServiceName.LIFECYCLE) {
      return (testNames ? "test:bb:lifecycle:" : "bb:lifecycle:") + point;
    }
    return testNames ? "test:bb:" + point : "bb:" + service.wireName() + ':' + point;
  }

  private static String point(Counter counter) {
    return switch (counter) {
      case OPS -> "ops";
      case BYTES -> "bytes";
      case OPS_DONE -> "opsdone";
      case BYTES_DONE -> "bytesdone";
      case OPS_FAIL -> "opsfail";
      case BYTES_FAIL -> "bytesfail";
      case OPS_PENDING -> "opspending";
      case BYTES_PENDING -> "bytespending";
      case OBJECT_BYTES -> "object:bytes";
      case OBJECT_BYTES_DONE -> "object:bytesdone";
    };
  }
}
