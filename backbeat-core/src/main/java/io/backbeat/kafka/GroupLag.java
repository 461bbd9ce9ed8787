package io.backbeat.kafka;

import io.backbeat.queue.PartitionLag;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;

/** How far groups are behind, as it was a moment ago. Thread-safe. */
final class GroupLag {
  private record Question(String topic, String group) {}

  private record Answer(List<PartitionLag> lag, long at) {}

  private final KafkaConnection connection;
  private final Clock clock;
  private final long maxAge;
  private final Map<Question, Answer> answers = new ConcurrentHashMap<>();

  GroupLag(KafkaConnection connection, Clock clock, Duration maxAge) {
    this.connection = connection;
    this.clock = clock;
    this.maxAge = maxAge.toMillis();
  }

  /** Of every partition; empty if there is no such topic. */
  List<PartitionLag> of(String topic, String group) {
    Question question = new Question(topic, group);
    Answer last = answers.get(question);
    if (last != null && Math.abs(clock.millis() - last.at()) < maxAge) {
      return last.lag();
    }
    List<PartitionLag> lag = ask(question);
    answers.put(question, new Answer(lag, clock.millis()));
    return lag;
  }

  private List<PartitionLag> ask(Question question) {
    Optional<TopicLayout> layout = connection.find(question.topic());
    if (layout.isEmpty()) {
      return List.of();
    }
    List<TopicPartition> partitions =
        layout.get().partitions().stream()
            .map(partition -> new TopicPartition(question.topic(), partition.number()))
            .toList();
    // First what is committed: an end that is looked up later is never before it.
    Map<TopicPartition, Long> committed = GroupOffsets.committed(connection, question.group());
    Map<TopicPartition, Long> first = offsets(partitions, OffsetSpec.earliest());
    Map<TopicPartition, Long> end = offsets(partitions, OffsetSpec.latest());
    return partitions.stream()
        .map(
            partition -> {
              long begin = first.getOrDefault(partition, 0L);
              long to = Math.max(begin, end.getOrDefault(partition, 0L));
              long from = Math.max(begin, committed.getOrDefault(partition, 0L));
              return new PartitionLag(partition.partition(), Math.min(from, to), to);
            })
        .toList();
  }

  private Map<TopicPartition, Long> offsets(List<TopicPartition> partitions, OffsetSpec which) {
    Map<TopicPartition, OffsetSpec> wanted =
        partitions.stream().collect(Collectors.toMap(Function.identity(), partition -> which));
    Map<TopicPartition, ListOffsetsResultInfo> found =
        connection.ask("offsets of " + partitions, admin -> admin.listOffsets(wanted).all());
    return found.entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue().offset()));
  }
}
