package io.backbeat.kafka;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * How much a reader takes from its topics before it deals with it, where one big batch costs less
 * than several small ones.
 *
 * @param time how long it goes on after the first record; zero for one poll a batch
 * @param maxRecords so many are enough
 * @param maxBytes so many bytes are enough; one poll more may come on top
 */
record Gather(Duration time, int maxRecords, long maxBytes) {
  /** One poll is a batch. */
  static final Gather NOTHING = new Gather(Duration.ZERO, 1, 1);

  private static final int RECORDS = 2_000;
  private static final long BYTES = 8L << 20;

  Gather {
    Objects.requireNonNull(time, "time");
  }

  /** For so long, at most 2,000 records or 8 MiB. */
  static Gather over(Duration time) {
    return new Gather(time, RECORDS, BYTES);
  }

  /** Whether what was read is not enough. */
  boolean wants(Collection<List<ConsumerRecord<byte[], byte[]>>> read) {
    int records = 0;
    long bytes = 0;
    for (List<ConsumerRecord<byte[], byte[]>> partition : read) {
      records += partition.size();
      for (ConsumerRecord<byte[], byte[]> one : partition) {
        bytes += Math.max(0, one.serializedValueSize());
      }
    }
    return records < maxRecords && bytes < maxBytes;
  }
}
