package io.backbeat.kafka;

import io.backbeat.contract.JobQueueContract;
import io.backbeat.queue.JobQueue;
import io.backbeat.testing.KafkaCluster;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

class KafkaJobQueueTest extends JobQueueContract {
  @TempDir static Path directory;
  static KafkaCluster cluster;

  private KafkaConnection connection;

  @BeforeAll
  static void start() {
    cluster = KafkaCluster.start(directory, 1);
    Awaitility.setDefaultPollInterval(Duration.ofMillis(5));
    Awaitility.setDefaultPollDelay(Duration.ZERO);
  }

  @AfterAll
  static void stop() {
    Awaitility.reset();
    cluster.close();
  }

  @AfterEach
  void closeConnection() {
    if (connection != null) {
      connection.close();
    }
  }

  @Override
  protected JobQueue queue(int partitions) {
    KafkaTopicsOfTest fresh = new KafkaTopicsOfTest();
    Clock clock = Clock.systemUTC();
    connection = KafkaConnection.open(fresh.options(cluster.servers(), partitions), clock);
    return new KafkaJobQueue(connection, fresh.topics(), clock, Duration.ZERO, false);
  }

  @Override
  protected boolean queuesShareALog() {
    return true;
  }
}
