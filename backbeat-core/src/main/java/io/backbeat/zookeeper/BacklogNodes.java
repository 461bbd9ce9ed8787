package io.backbeat.zookeeper;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How far consumers of Kafka are, as the original's processes tell each other: {@code
 * <path>/<topic>/<partition>/topic}, {@code consumers/<group>} and {@code snapshots/<name>},
 * decimal texts all of them. Thread-safe. Every method throws {@link
 * io.backbeat.api.BackbeatException} INTERNAL_ERROR when ZooKeeper does not answer; a retry is
 * safe.
 */
public final class BacklogNodes {
  /** The usual place. */
  public static final String PATH = "/backbeat/run/kafka-backlog-metrics";

  private static final Logger log = LoggerFactory.getLogger(BacklogNodes.class);

  private final Nodes nodes;
  private final String root;
  private final Duration lifetime;
  private final Clock clock;

  BacklogNodes(Nodes nodes, String root, Duration interval, Clock clock) {
    this.nodes = nodes;
    this.root = root;
    this.lifetime = interval.multipliedBy(2);
    this.clock = clock;
  }

  private String partition(String topic, int partition) {
    return root + '/' + NodeName.encode(topic) + '/' + partition;
  }

  /**
   * Tells how far a group is.
   *
   * @param position the offset of the record it takes next
   * @param end the offset behind the last record of the partition
   */
  public void publish(String topic, int partition, String groupId, long position, long end) {
    String path = partition(topic, partition);
    nodes.put(path + "/topic", Long.toString(end));
    nodes.put(path + "/consumers/" + NodeName.encode(groupId), Long.toString(position));
  }

  /** Remembers where a partition ends at the moment; never becomes stale. */
  public void snapshot(String topic, int partition, String name, long end) {
    nodes.put(
        partition(topic, partition) + "/snapshots/" + NodeName.encode(name), Long.toString(end));
  }

  /**
   * What is told of the partitions of a topic, in order. Deletes what is older than two intervals
   * (the clocks of the servers and of this process must agree to that extent); snapshots stay.
   */
  public List<PartitionOffsets> read(String topic) {
    List<PartitionOffsets> found = new ArrayList<>();
    for (String name : nodes.children(root + '/' + NodeName.encode(topic))) {
      if (name.matches("\\d{1,9}")) {
        found.add(read(topic, Integer.parseInt(name)));
      }
    }
    found.sort(Comparator.comparingInt(PartitionOffsets::partition));
    return found;
  }

  private PartitionOffsets read(String topic, int partition) {
    String path = partition(topic, partition);
    OptionalLong end = fresh(path + "/topic").map(OptionalLong::of).orElse(OptionalLong.empty());
    Map<String, Long> consumers = new TreeMap<>();
    for (String group : nodes.children(path + "/consumers")) {
      fresh(path + "/consumers/" + group)
          .ifPresent(offset -> consumers.put(NodeName.decode(group), offset));
    }
    Map<String, Long> snapshots = new TreeMap<>();
    for (String name : nodes.children(path + "/snapshots")) {
      nodes
          .read(path + "/snapshots/" + name)
          .flatMap(node -> offset(path, node))
          .ifPresent(offset -> snapshots.put(NodeName.decode(name), offset));
    }
    return new PartitionOffsets(partition, end, consumers, snapshots);
  }

  private Optional<Long> fresh(String path) {
    Optional<Node> node = nodes.read(path);
    if (node.filter(this::isStale).isPresent()) {
      nodes.delete(path);
      return Optional.empty();
    }
    return node.flatMap(n -> offset(path, n));
  }

  private boolean isStale(Node node) {
    return node.modifiedAt().plus(lifetime).isBefore(clock.instant());
  }

  private static Optional<Long> offset(String path, Node node) {
    try {
      return Optional.of(Long.parseLong(node.text().trim()));
    } catch (NumberFormatException e) {
      log.debug("no offset in {}: {}", path, node.text());
      return Optional.empty();
    }
  }
}
