package io.backbeat.benchmarks.services;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ./backbeat services}: starts the services, and a command on them. */
@Command(
    name = "services",
    description = {
      "Starts Kafka, ZooKeeper, Redis, MongoDB and two CloudServers on this machine, for trying out and for developers,"
          + " until Ctrl-C or the end of a command. Every start begins anew.",
      "",
      "Kafka and ZooKeeper run in this process. Redis and MongoDB are those that are installed; without them Redis comes"
          + " from a jar, and MongoDB is a test double. CloudServer and the clouds behind it are always test doubles:"
          + " they show what Backbeat does, not what a real CloudServer does. The file env has addresses and keys"
          + " for shells."
    },
    mixinStandardHelpOptions = true,
    showDefaultValues = false)
public final class ServicesCommand implements Callable<Integer> {
  private static final long PATIENCE_SECONDS = 90;

  @Option(
      names = "--dir",
      paramLabel = "DIR",
      description = "where they keep what they have, and config.json; default: target/services")
  private Path directory =
      Path.of(System.getProperty("backbeat.home", "")).resolve("target/services");

  @Option(
      names = "--first-port",
      paramLabel = "PORT",
      description =
          "of Kafka; ZooKeeper, Redis, MongoDB and the CloudServers have the next ones; default: any free ones")
  private @Nullable Integer firstPort;

  @Parameters(
      paramLabel = "COMMAND",
      description =
          "a command of backbeat and its options, run with --config of these services, such as: serve, or: demo --exit")
  private List<String> command = new ArrayList<>();

  /** Ends the JVM with the status of the command. */
  public static void main(String[] args) {
    CommandLine line = new CommandLine(new ServicesCommand());
    line.setStopAtPositional(true);
    System.exit(line.execute(args));
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    CountDownLatch stop = new CountDownLatch(1);
    CountDownLatch stopped = new CountDownLatch(1);
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  stop.countDown();
                  awaitQuietly(stopped);
                }));
    try (LocalServices services = LocalServices.start(directory, Optional.ofNullable(firstPort))) {
      services.lines().forEach(System.err::println);
      System.err.println("configuration  " + LocalServices.configuration(directory));
      System.err.println("in a shell     source " + LocalServices.environment(directory));
      if (command.isEmpty()) {
        System.err.println("services: running until Ctrl-C");
        stop.await();
        return 0;
      }
      return run(stop);
    } finally {
      stopped.countDown();
    }
  }

  /** A signal of the terminal reaches the command by itself; another one is passed on. */
  private int run(CountDownLatch stop) throws IOException, InterruptedException {
    List<String> whole = new ArrayList<>();
    whole.add(System.getProperty("backbeat.launcher", "backbeat"));
    whole.add(command.get(0));
    whole.add("--config");
    whole.add(LocalServices.configuration(directory).toString());
    whole.addAll(command.subList(1, command.size()));
    Process process = new ProcessBuilder(whole).inheritIO().start();
    while (!process.waitFor(100, TimeUnit.MILLISECONDS)) {
      if (stop.getCount() == 0) {
        process.destroy();
        process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
        break;
      }
    }
    return process.isAlive() ? 1 : process.exitValue();
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
