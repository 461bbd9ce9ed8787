package io.backbeat.testing;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Properties;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;

/**
 * A real Kafka cluster in this process, for tests: the first broker is the controller too. A broker
 * that was stopped starts again on its data. For one thread.
 */
public final class KafkaCluster implements AutoCloseable {
  private static final String PLAIN = "BROKER:PLAINTEXT,CONTROLLER:PLAINTEXT";

  private final Path directory;
  private final String clusterId = Uuid.randomUuid().toString();
  private final int controllerPort;
  private final List<Integer> ports;
  private final SortedMap<Integer, KafkaRaftServer> running = new TreeMap<>();

  private KafkaCluster(Path directory, List<Integer> ports) {
    this.directory = directory;
    this.controllerPort = freePorts(1).get(0);
    this.ports = List.copyOf(ports);
  }

  /**
   * Starts a cluster.
   *
   * @param directory where it keeps its logs
   * @param brokers how many, at least 1
   */
  public static KafkaCluster start(Path directory, int brokers) {
    return start(directory, freePorts(brokers));
  }

  /**
   * Starts a cluster on given ports.
   *
   * @param directory where it keeps its logs
   * @param ports one for each broker, at least one
   */
  public static KafkaCluster start(Path directory, List<Integer> ports) {
    KafkaCluster cluster = new KafkaCluster(directory, ports);
    try {
      inParallel(
          IntStream.rangeClosed(1, ports.size())
              .mapToObj(id -> (Runnable) () -> cluster.startBroker(id)));
    } catch (RuntimeException e) {
      cluster.close();
      throw e;
    }
    return cluster;
  }

  /** Where clients find it. */
  public String servers() {
    return ports.stream().map(port -> "127.0.0.1:" + port).collect(Collectors.joining(","));
  }

  /** Starts a broker that was stopped, or a new one; 1 is the controller. */
  public void startBroker(int id) {
    Path log = directory.resolve("broker-" + id);
    Properties properties = properties(id, log);
    format(id, log);
    KafkaRaftServer server =
        new KafkaRaftServer(KafkaConfig.fromProps(properties, false), Time.SYSTEM);
    server.startup();
    synchronized (running) {
      running.put(id, server);
    }
  }

  /** Stops a broker in good order; its data stays. */
  public void stopBroker(int id) {
    KafkaRaftServer server;
    synchronized (running) {
      server = running.remove(id);
    }
    if (server != null) {
      server.shutdown();
      server.awaitShutdown();
    }
  }

  /** Stops all brokers, the controller last. */
  @Override
  public void close() {
    List<Integer> ids;
    synchronized (running) {
      ids = new ArrayList<>(running.keySet());
    }
    Collections.reverse(ids);
    ids.forEach(this::stopBroker);
  }

  private void format(int id, Path log) {
    if (Files.exists(log.resolve("meta.properties"))) {
      return;
    }
    try {
      Files.createDirectories(log);
      new Formatter()
          .setClusterId(clusterId)
          .setNodeId(id)
          .addDirectory(log.toString())
          .setMetadataLogDirectory(log.toString())
          .setControllerListenerName("CONTROLLER")
          .setReleaseVersion(MetadataVersion.latestProduction())
          .setPrintStream(new PrintStream(OutputStream.nullOutputStream()))
          .run();
    } catch (Exception e) {
      throw new IllegalStateException("broker " + id + " cannot be prepared in " + log, e);
    }
  }

  private Properties properties(int id, Path log) {
    boolean controller = id == 1;
    String replicas = Integer.toString(ports.size());
    String broker = "BROKER://127.0.0.1:" + ports.get(id - 1);
    Properties set = new Properties();
    set.put("process.roles", controller ? "broker,controller" : "broker");
    set.put("node.id", Integer.toString(id));
    set.put("controller.quorum.voters", "1@127.0.0.1:" + controllerPort);
    set.put(
        "listeners", controller ? broker + ",CONTROLLER://127.0.0.1:" + controllerPort : broker);
    set.put("advertised.listeners", broker);
    set.put("listener.security.protocol.map", PLAIN);
    set.put("inter.broker.listener.name", "BROKER");
    set.put("controller.listener.names", "CONTROLLER");
    set.put("log.dirs", log.toString());
    set.put("offsets.topic.num.partitions", "1");
    set.put("offsets.topic.replication.factor", replicas);
    set.put("transaction.state.log.num.partitions", "1");
    set.put("transaction.state.log.replication.factor", replicas);
    set.put("transaction.state.log.min.isr", "1");
    set.put("share.coordinator.state.topic.num.partitions", "1");
    set.put("share.coordinator.state.topic.replication.factor", replicas);
    set.put("share.coordinator.state.topic.min.isr", "1");
    set.put("group.initial.rebalance.delay.ms", "0");
    set.put("auto.create.topics.enable", "false");
    set.put("log.cleaner.dedupe.buffer.size", "2097152");
    set.put("log.segment.bytes", "104857600");
    set.put("controlled.shutdown.enable", ports.size() > 1 ? "true" : "false");
    return set;
  }

  private static List<Integer> freePorts(int count) {
    List<ServerSocket> sockets = new ArrayList<>();
    try {
      for (int i = 0; i < count; i++) {
        sockets.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
      }
      List<Integer> ports = sockets.stream().map(ServerSocket::getLocalPort).toList();
      for (ServerSocket socket : sockets) {
        socket.close();
      }
      return ports;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Brokers wait for the controller, so they must start beside each other. */
  private static void inParallel(Stream<Runnable> tasks) {
    List<Throwable> failures = Collections.synchronizedList(new ArrayList<>());
    List<Thread> threads =
        tasks
            .map(
                task -> {
                  Thread thread = new Thread(task, "kafka-start");
                  thread.setUncaughtExceptionHandler((t, e) -> failures.add(e));
                  thread.start();
                  return thread;
                })
            .toList();
    for (Thread thread : threads) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted while the cluster started", e);
      }
    }
    if (!failures.isEmpty()) {
      throw new IllegalStateException("the cluster did not start", failures.get(0));
    }
  }
}
