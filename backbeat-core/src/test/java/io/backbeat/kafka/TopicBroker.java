package io.backbeat.kafka;

import io.backbeat.testing.KafkaCluster;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A real broker, one for all the test classes that use this, and a connection with topics of its
 * own for each test. What a test gives to {@link #closing} is closed after it, the last first.
 */
final class TopicBroker implements BeforeAllCallback, BeforeEachCallback, AfterEachCallback {
  private final List<AutoCloseable> open = new ArrayList<>();
  private KafkaCluster cluster;
  private String prefix = "";
  private KafkaConnection connection;

  /** Ends with the whole run. */
  private record Running(Path directory, KafkaCluster cluster) implements AutoCloseable {
    static Running start() {
      try {
        Path directory = Files.createTempDirectory("topics");
        return new Running(directory, KafkaCluster.start(directory, 1));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public void close() throws IOException {
      cluster.close();
      try (Stream<Path> files = Files.walk(directory)) {
        files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(file -> file.delete());
      }
    }
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    cluster =
        context
            .getRoot()
            .getStore(ExtensionContext.Namespace.GLOBAL)
            .getOrComputeIfAbsent(Running.class, k -> Running.start(), Running.class)
            .cluster();
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    prefix = "t" + UUID.randomUUID().toString().substring(0, 8) + "-";
    connection = closing(connect());
  }

  @Override
  public void afterEach(ExtensionContext context) throws Exception {
    for (int i = open.size() - 1; i >= 0; i--) {
      open.get(i).close();
    }
    open.clear();
  }

  /** The connection of this test. */
  KafkaConnection connection() {
    return connection;
  }

  /** The broker, to be stopped and started. */
  KafkaCluster cluster() {
    return cluster;
  }

  /** Another connection for this test, to be closed by the caller. */
  KafkaConnection connect() {
    return KafkaConnection.open(
        KafkaOptions.of(cluster.servers())
            .withTopicPrefix(prefix)
            .withTopicCreation(new KafkaOptions.TopicCreation(2, 1, 1)),
        Clock.systemUTC());
  }

  /** The topics of this test, in groups of its own. */
  ReplicationTopics topics() {
    ReplicationTopics of = ReplicationTopics.DEFAULT;
    return new ReplicationTopics(
        of.replication(),
        of.status(),
        of.failed(),
        of.replay(),
        of.dataMover(),
        of.gc(),
        of.metrics(),
        prefix + of.processorGroup(),
        prefix + of.statusGroup(),
        prefix + of.gcGroup());
  }

  /** The name of a group of this test. */
  String group(String name) {
    return prefix + name;
  }

  <T extends AutoCloseable> T closing(T resource) {
    open.add(resource);
    return resource;
  }

  <T extends TopicReader<?>> T started(T reader) {
    closing(reader);
    reader.start();
    return reader;
  }
}
