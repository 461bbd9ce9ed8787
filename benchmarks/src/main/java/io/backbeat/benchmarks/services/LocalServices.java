package io.backbeat.benchmarks.services;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Kafka, ZooKeeper, Redis and MongoDB on this machine, below one directory. For one thread; closing
 * stops them.
 */
public final class LocalServices implements AutoCloseable {
  private final Deque<LocalService> running = new ArrayDeque<>();

  private LocalServices() {}

  /**
   * Starts them, and writes {@code config.json} for the server.
   *
   * @param directory where they keep what they have. Without an installed mongod it is emptied
   *     first: what the stand-in has forgotten, the others must not remember
   * @param firstPort the port of Kafka; ZooKeeper, Redis and MongoDB have the next ones. Empty for
   *     any free ports
   */
  public static LocalServices start(Path directory, Optional<Integer> firstPort) {
    LocalServices services = new LocalServices();
    try {
      services.startAll(directory.toAbsolutePath().normalize(), firstPort);
      return services;
    } catch (IOException e) {
      services.close();
      throw new UncheckedIOException(e);
    } catch (RuntimeException e) {
      services.close();
      throw e;
    }
  }

  /** One line for each: what it is, and where. */
  public List<String> lines() {
    return running.stream().map(service -> service.place() + "  " + service.name()).toList();
  }

  /** Stops them, the last one first. Idempotent. */
  @Override
  public void close() {
    while (!running.isEmpty()) {
      running.removeLast().stop().run();
    }
  }

  private void startAll(Path directory, Optional<Integer> firstPort) throws IOException {
    Optional<Path> mongod = InstalledProgram.find("mongod");
    for (String name : List.of("kafka", "zookeeper", "redis", "server", "mongodb")) {
      if (mongod.isEmpty()) {
        delete(directory.resolve(name));
      }
      Files.createDirectories(directory.resolve(name));
    }
    LocalService kafka = add(LocalKafka.start(directory.resolve("kafka"), port(firstPort, 0)));
    LocalService zookeeper =
        add(LocalZooKeeper.start(directory.resolve("zookeeper"), port(firstPort, 1)));
    int redis = port(firstPort, 2);
    add(LocalRedis.start(directory.resolve("redis"), redis));
    LocalService mongo =
        add(
            mongod.isPresent()
                ? LocalMongo.start(mongod.get(), directory.resolve("mongodb"), port(firstPort, 3))
                : LocalMongo.standIn());
    ServicesConfig.write(
        configuration(directory), kafka.place(), zookeeper.place(), redis, mongo.place());
  }

  /** Where the configuration for the server is. */
  public static Path configuration(Path directory) {
    return directory.toAbsolutePath().normalize().resolve("config.json");
  }

  private LocalService add(LocalService service) {
    running.addLast(service);
    return service;
  }

  private static int port(Optional<Integer> first, int offset) throws IOException {
    if (first.isPresent()) {
      return first.get() + offset;
    }
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static void delete(Path directory) throws IOException {
    if (!Files.exists(directory)) {
      return;
    }
    try (Stream<Path> all = Files.walk(directory)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
