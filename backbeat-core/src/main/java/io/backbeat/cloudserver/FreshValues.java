package io.backbeat.cloudserver;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Remembers what was looked up for a while, so that it is not asked for with each object. Errors
 * are not remembered. Bounded; thread-safe; two threads that miss the same key both look it up.
 */
public final class FreshValues<K, V> {
  private static final int MOST = 10_000;

  /** Looks a value up. */
  @FunctionalInterface
  public interface Source<K, V> {
    /** The value of a key. */
    V find(K key) throws CloudServerException;
  }

  private record Held<V>(V value, Instant foundAt) {}

  private final Duration freshFor;
  private final Map<K, Held<V>> held = new LinkedHashMap<>();

  /** Knows nothing yet. */
  public FreshValues(Duration freshFor) {
    this.freshFor = freshFor;
  }

  /** The value, looked up if it is not known or not fresh. */
  public V get(K key, Instant now, Source<K, V> source) throws CloudServerException {
    return notOlderThan(key, now.minus(freshFor), now, source);
  }

  /** The value, looked up if it is not known or older than that. */
  public V notOlderThan(K key, Instant oldest, Instant now, Source<K, V> source)
      throws CloudServerException {
    synchronized (held) {
      Held<V> known = held.get(key);
      if (known != null && !known.foundAt().isBefore(oldest)) {
        return known.value();
      }
    }
    V found = source.find(key);
    synchronized (held) {
      held.remove(key);
      held.put(key, new Held<>(found, now));
      if (held.size() > MOST) {
        held.remove(held.keySet().iterator().next());
      }
    }
    return found;
  }
}
