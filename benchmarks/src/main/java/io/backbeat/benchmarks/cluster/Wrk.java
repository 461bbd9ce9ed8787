package io.backbeat.benchmarks.cluster;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Load over HTTP by {@code wrk}, which has to be installed: one thread, 32 connections. */
final class Wrk {
  private static final Pattern RATE = Pattern.compile("Requests/sec:\\s+([0-9.]+)");
  private static final Pattern TAIL = Pattern.compile("99%\\s+([0-9.]+)(us|ms|s)");
  private static final Pattern ERRORS = Pattern.compile("(Non-2xx|Socket errors).*");

  /**
   * What came of it.
   *
   * @param perSecond requests per second
   * @param tailMillis the 99th percentile of the times to answer
   */
  record Result(double perSecond, double tailMillis) {}

  private Wrk() {}

  static Result run(URI target, int seconds) throws IOException, InterruptedException {
    Process wrk =
        new ProcessBuilder(
                "wrk",
                "-t1",
                "-c32",
                "-d" + seconds + "s",
                "--timeout",
                "30s",
                "--latency",
                target.toString())
            .redirectErrorStream(true)
            .start();
    String output = new String(wrk.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (!wrk.waitFor(60, TimeUnit.SECONDS)) {
      wrk.destroyForcibly();
    }
    Matcher rate = RATE.matcher(output);
    Matcher tail = TAIL.matcher(output);
    if (!rate.find() || !tail.find() || ERRORS.matcher(output).find()) {
      throw new IllegalStateException("wrk on " + target + " failed: " + output);
    }
    return new Result(
        Double.parseDouble(rate.group(1)),
        Double.parseDouble(tail.group(1)) * millis(tail.group(2)));
  }

  private static double millis(String unit) {
    return switch (unit) {
      case "us" -> 0.001;
      case "ms" -> 1;
      default -> 1_000;
    };
  }
}
