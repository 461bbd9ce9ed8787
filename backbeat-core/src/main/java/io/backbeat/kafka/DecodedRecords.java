package io.backbeat.kafka;

import io.backbeat.job.JobType;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Records that were decoded for one location and are still to be read by the others of this
 * process: each is parsed once, as long as the locations are not further apart than the limit.
 * Thread-safe.
 */
final class DecodedRecords {
  private static final long OVERHEAD = 500;

  private record Place(String topic, int partition, long offset) {}

  /** The timestamp and the checksum tell a record from one of a topic that was made anew. */
  private static final class Held {
    final Decoded decoded;
    final long timestamp;
    final long checksum;
    final long weight;
    int readersLeft;

    Held(Decoded decoded, long timestamp, long checksum, long weight, int readersLeft) {
      this.decoded = decoded;
      this.timestamp = timestamp;
      this.checksum = checksum;
      this.weight = weight;
      this.readersLeft = readersLeft;
    }
  }

  private final long maxBytes;
  private final Map<String, Integer> readers = new HashMap<>();
  private final Map<Place, Held> held = new LinkedHashMap<>();
  private long bytes;
  private long parsed;

  DecodedRecords(long maxBytes) {
    this.maxBytes = maxBytes;
  }

  /** One more consumer reads the topic. */
  synchronized void joined(String topic) {
    readers.merge(topic, 1, Integer::sum);
  }

  /** One consumer less reads the topic. */
  synchronized void left(String topic) {
    readers.merge(topic, -1, Integer::sum);
  }

  /** How many records were parsed. */
  synchronized long parsed() {
    return parsed;
  }

  /** What a record means. */
  Decoded decode(JobType type, ConsumerRecord<byte[], byte[]> record) {
    Place place = new Place(record.topic(), record.partition(), record.offset());
    byte[] value = record.value();
    if (value == null) {
      return new Decoded.Unreadable("a message must not be empty", java.util.Optional.empty());
    }
    CRC32 crc = new CRC32();
    crc.update(value);
    Decoded known = take(place, record.timestamp(), crc.getValue());
    if (known != null) {
      return known;
    }
    Decoded decoded = RecordCodec.decode(type, record);
    keep(place, record, crc.getValue(), decoded);
    return decoded;
  }

  private synchronized @Nullable Decoded take(Place place, long timestamp, long checksum) {
    Held found = held.get(place);
    if (found == null) {
      return null;
    }
    boolean same = found.timestamp == timestamp && found.checksum == checksum;
    found.readersLeft--;
    if (!same || found.readersLeft <= 0) {
      held.remove(place);
      bytes -= found.weight;
    }
    return same ? found.decoded : null;
  }

  private synchronized void keep(
      Place place, ConsumerRecord<byte[], byte[]> record, long checksum, Decoded decoded) {
    parsed++;
    int others = readers.getOrDefault(place.topic(), 1) - 1;
    if (others <= 0 || held.containsKey(place)) {
      return;
    }
    // Metadata is held as a text of mostly one byte a character.
    long weight = OVERHEAD + record.serializedValueSize();
    held.put(place, new Held(decoded, record.timestamp(), checksum, weight, others));
    bytes += weight;
    Iterator<Held> oldest = held.values().iterator();
    while (bytes > maxBytes && oldest.hasNext()) {
      bytes -= oldest.next().weight;
      oldest.remove();
    }
  }
}
