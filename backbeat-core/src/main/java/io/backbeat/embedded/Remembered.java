package io.backbeat.embedded;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Answers of reads, each as good as a new one for as long as nothing was written: this process is
 * the only one that writes the file. So numbers that are asked for thousands of times a second are
 * read once per write. Thread-safe.
 *
 * @param <K> names a read
 * @param <V> its answer, which nobody changes
 */
final class Remembered<K, V> {
  /** Far more than there are numbers of locations; reads beyond it are not remembered. */
  private static final int MAX_ANSWERS = 1_000;

  private record Answer<V>(long writes, V value) {}

  private final Readers readers;
  private final LongSupplier writes;
  private final Map<K, Answer<V>> answers = new ConcurrentHashMap<>();

  /**
   * Remembers nothing yet.
   *
   * @param writes grows with every write, no later than whoever asked for it learns that it is done
   */
  Remembered(Readers readers, LongSupplier writes) {
    this.readers = readers;
    this.writes = writes;
  }

  /**
   * The answer of a read.
   *
   * @throws io.backbeat.api.BackbeatException INTERNAL_ERROR if the store failed, NOT_RUNNING if it
   *     is closed
   */
  V get(K key, Supplier<V> read) {
    readers.requireOpen();
    // Taken before reading: a write in between makes the answer old too early, never too late.
    long now = writes.getAsLong();
    Answer<V> known = answers.get(key);
    if (known != null && known.writes() == now) {
      return known.value();
    }
    V value = read.get();
    if (answers.size() >= MAX_ANSWERS) {
      answers.values().removeIf(answer -> answer.writes() != now);
    }
    if (answers.size() < MAX_ANSWERS) {
      answers.put(key, new Answer<>(now, value));
    }
    return value;
  }
}
