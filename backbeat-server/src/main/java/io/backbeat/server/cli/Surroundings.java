package io.backbeat.server.cli;

import io.backbeat.server.demo.StopSignal;
import io.backbeat.server.terminal.Terminals;
import java.io.InputStream;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.function.Predicate;

/**
 * What a command finds around it.
 *
 * @param environment the variables of the process
 * @param in standard input
 * @param terminal whether somebody looks on
 * @param pause waits so long, and says whether the command is to end
 */
record Surroundings(
    Map<String, String> environment,
    InputStream in,
    boolean terminal,
    Clock clock,
    Predicate<Duration> pause) {
  /** Who pauses ends in good order when asked to, which for a live view is the usual end. */
  private static final Duration END = Duration.ofSeconds(5);

  static Surroundings ofProcess(StopSignal stop) {
    return new Surroundings(
        System.getenv(),
        System.in,
        Terminals.isTerminal(),
        Clock.systemUTC(),
        time -> {
          stop.inGoodOrder(END);
          return stop.await(time);
        });
  }

  boolean coloured() {
    return Terminals.coloured(terminal, environment);
  }
}
