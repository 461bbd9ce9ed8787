package io.backbeat.benchmarks.cluster;

import io.backbeat.testing.KafkaCluster;
import io.backbeat.testing.MongoReplica;
import io.backbeat.testing.RedisService;
import io.backbeat.testing.ZooKeeperService;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Services in a JVM of their own, so that their heap and their collections are not those of what is
 * measured: one Kafka broker, ZooKeeper, the stand-in of MongoDB; Redis is a process of its own
 * anyway. They end with the process that started them. For one thread.
 */
public final class ServiceProcess implements AutoCloseable {
  private static final String READY = "ready";

  private final Process process;
  private final Path directory;
  private final Map<String, String> addresses;

  private ServiceProcess(Process process, Path directory, Map<String, String> addresses) {
    this.process = process;
    this.directory = directory;
    this.addresses = Map.copyOf(addresses);
  }

  /**
   * Starts services and waits for them.
   *
   * @param names of {@code kafka}, {@code zookeeper}, {@code mongo}, {@code redis}
   */
  public static ServiceProcess start(String... names) throws IOException {
    Path directory = Files.createTempDirectory("benchmark-services");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx2g", "-Dlogback.configurationFile=services-logback.xml"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(ServiceProcess.class.getName(), directory.toString()));
    command.addAll(List.of(names));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    Map<String, String> addresses = new HashMap<>();
    for (String line = lines.readLine(); !READY.equals(line); line = lines.readLine()) {
      if (line == null) {
        throw new IllegalStateException("the services " + List.of(names) + " did not start");
      }
      String[] address = line.split(" ", 2);
      addresses.put(address[0], address[1]);
    }
    return new ServiceProcess(process, directory, addresses);
  }

  /** Where a service that was asked for is. */
  public String address(String name) {
    String address = addresses.get(name);
    if (address == null) {
      throw new IllegalArgumentException(name + " was not asked for");
    }
    return address;
  }

  @Override
  public void close() throws IOException {
    process.getOutputStream().close();
    try {
      if (!process.waitFor(30, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
    Directories.delete(directory);
  }

  /** Runs services until the standard input ends. Arguments: a directory, names. */
  public static void main(String[] args) throws IOException {
    List<AutoCloseable> running = new ArrayList<>();
    try {
      Path directory = Path.of(args[0]);
      for (int i = 1; i < args.length; i++) {
        System.out.println(args[i] + " " + start(args[i], directory, running));
      }
      System.out.println(READY);
      while (System.in.read() >= 0) {
        // nothing is said on it
      }
      for (AutoCloseable service : running) {
        service.close();
      }
      System.exit(0); // the stand-in has threads that are no daemons
    } catch (Throwable e) { // those threads must not keep half of the services
      e.printStackTrace();
      System.exit(1);
    }
  }

  private static String start(String name, Path directory, List<AutoCloseable> running) {
    switch (name) {
      case "kafka" -> {
        KafkaCluster kafka = KafkaCluster.start(directory.resolve("kafka"), 1);
        running.add(kafka);
        return kafka.servers();
      }
      case "zookeeper" -> {
        ZooKeeperService zookeeper = ZooKeeperService.start();
        running.add(zookeeper);
        return zookeeper.hosts();
      }
      case "mongo" -> {
        return MongoReplica.shared().uri();
      }
      case "redis" -> {
        RedisService redis = RedisService.start();
        running.add(redis);
        return Integer.toString(redis.port());
      }
      default -> throw new IllegalArgumentException("no service is called " + name);
    }
  }
}
