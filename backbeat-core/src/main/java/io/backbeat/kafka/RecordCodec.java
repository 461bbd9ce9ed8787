package io.backbeat.kafka;

import com.fasterxml.jackson.databind.JsonNode;
import io.backbeat.api.LocationName;
import io.backbeat.job.Job;
import io.backbeat.job.JobType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Jobs as records of Kafka, and back. Pure. */
final class RecordCodec {
  private RecordCodec() {}

  /** Work that goes into one record. */
  private static final class Group {
    final Job first;
    final List<LocationName> sites = new ArrayList<>(2);

    Group(Job first) {
      this.first = first;
      sites.add(first.location());
    }

    /** Whether the job is the same work for another location. */
    boolean takes(Job job) {
      return job.key().type().equals(JobType.REPLICATION)
          && first.key().type().equals(JobType.REPLICATION)
          && job.object().equals(first.object())
          && job.revision().equals(first.revision())
          && job.bytes() == first.bytes()
          && job.attempt() == first.attempt()
          && job.createdAt().equals(first.createdAt())
          && job.payload().equals(first.payload())
          && !sites.contains(job.location());
    }
  }

  /**
   * The records of jobs. What is to be done about one write of an object at several locations goes
   * into one record. The order per object is kept.
   *
   * @param prefix of topics
   */
  static List<ProducerRecord<byte[], byte[]>> records(
      String prefix, ReplicationTopics topics, List<Job> jobs) {
    List<Group> groups = new ArrayList<>(jobs.size());
    Map<String, Group> last = new HashMap<>();
    for (Job job : jobs) {
      String ordering = job.object().orderingKey();
      Group current = last.get(ordering);
      if (current != null && current.takes(job)) {
        current.sites.add(job.location());
      } else {
        Group group = new Group(job);
        groups.add(group);
        last.put(ordering, group);
      }
    }
    List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>(groups.size());
    for (Group group : groups) {
      records.add(message(group).to(prefix + topics.topic(group.first.key().type())));
    }
    return records;
  }

  private static Message message(Group group) {
    JobType type = group.first.key().type();
    if (type.equals(JobType.REPLICATION)) {
      return ReplicationMessages.write(group.first, group.sites);
    }
    if (type.equals(JobType.COPY_LOCATION)) {
      return CopyMessages.write(group.first);
    }
    return type.equals(JobType.GARBAGE_COLLECTION)
        ? GcMessages.write(group.first)
        : JobMessages.write(group.first);
  }

  /** What a record of the topic of a type means. Never throws. */
  static Decoded decode(JobType type, ConsumerRecord<byte[], byte[]> record) {
    try {
      JobHeaders headers = JobHeaders.read(record.headers());
      Instant written = Instant.ofEpochMilli(Math.max(0, record.timestamp()));
      return type.equals(JobType.REPLICATION)
          ? replication(record.value(), headers, written)
          : other(type, record.value(), headers, written);
    } catch (IllegalArgumentException e) {
      return new Decoded.Unreadable(String.valueOf(e.getMessage()), Optional.empty());
    } catch (RuntimeException e) { // a form nobody thought of must not stop the queue
      return new Decoded.Unreadable("cannot be read: " + e, Optional.empty());
    }
  }

  private static Decoded replication(byte[] value, JobHeaders headers, Instant written) {
    Entry entry = EntryCodec.read(value);
    if (entry instanceof Entry.ObjectEntry object) {
      return new Decoded.Jobs(ReplicationMessages.jobs(object, headers, written));
    }
    return entry instanceof Entry.Malformed malformed
        ? new Decoded.Unreadable(malformed.reason(), Optional.empty())
        : Decoded.NOTHING;
  }

  private static Decoded other(JobType type, byte[] value, JobHeaders headers, Instant written) {
    JsonNode message =
        MessageJson.tree(value)
            .orElseThrow(() -> new IllegalArgumentException("a message must be a JSON object"));
    if (message.has("canary") || message.has("bootstrapId")) {
      return Decoded.NOTHING;
    }
    if (message.path("action").asText().equals(JobMessages.ACTION)) {
      return new Decoded.Jobs(List.of(JobMessages.read(message)));
    }
    if (type.equals(JobType.GARBAGE_COLLECTION)) {
      return GcMessages.read(message, value, headers, written);
    }
    if (type.equals(JobType.COPY_LOCATION)) {
      return CopyMessages.read(message, value, headers, written);
    }
    throw new IllegalArgumentException("a message of jobs must have the action backbeatJob");
  }
}
