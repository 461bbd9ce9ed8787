package io.backbeat.benchmarks.services;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Kafka, ZooKeeper, Redis, MongoDB and test doubles of two CloudServers on this machine, below one
 * directory. For one thread; closing stops them.
 */
public final class LocalServices implements AutoCloseable {
  private final Deque<LocalService> running = new ArrayDeque<>();

  private LocalServices() {}

  /**
   * Starts them, and writes {@code config.json} and {@code authdata.json} for the server, and
   * {@code env} for shells.
   *
   * @param directory where they keep what they have. It is emptied first: what the doubles have
   *     forgotten, the others must not remember
   * @param firstPort the port of Kafka; ZooKeeper, Redis, MongoDB and the CloudServers have the
   *     next ones. Empty for any free ports
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
    for (String name :
        List.of("kafka", "zookeeper", "redis", "mongodb", "cloudserver", "sydney", "server")) {
      delete(directory.resolve(name));
      Files.createDirectories(directory.resolve(name));
    }
    LocalService kafka = add(LocalKafka.start(directory.resolve("kafka"), port(firstPort, 0)));
    LocalService zookeeper =
        add(LocalZooKeeper.start(directory.resolve("zookeeper"), port(firstPort, 1)));
    int redis = port(firstPort, 2);
    add(LocalRedis.start(directory.resolve("redis"), redis));
    int mongoPort = port(firstPort, 3);
    LocalService mongo =
        add(
            InstalledProgram.find("mongod")
                .map(mongod -> LocalMongo.start(mongod, directory.resolve("mongodb"), mongoPort))
                .orElseGet(LocalMongo::standIn));
    LocalService cloudServer =
        add(
            LocalCloudServers.source(
                directory.resolve("cloudserver"), port(firstPort, 4), mongo.place()));
    LocalService sydney =
        add(LocalCloudServers.sydney(directory.resolve("sydney"), port(firstPort, 5)));
    ServicesConfig.write(
        directory,
        new ServicesConfig.Places(
            kafka.place(),
            zookeeper.place(),
            redis,
            mongo.place(),
            URI.create(cloudServer.place()),
            URI.create(sydney.place())));
  }

  /** Where the configuration for the server is. */
  public static Path configuration(Path directory) {
    return directory.toAbsolutePath().normalize().resolve("config.json");
  }

  /** What a shell sources to use the CloudServers. */
  public static Path environment(Path directory) {
    return configuration(directory).resolveSibling("env");
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
