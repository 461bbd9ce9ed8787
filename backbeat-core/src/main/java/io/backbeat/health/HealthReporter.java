package io.backbeat.health;

import io.backbeat.api.ComponentHealth;
import io.backbeat.api.HealthReport;
import io.backbeat.api.TopicHealth;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/**
 * Asks all probes at once and reports in their order. Always answers, at the latest after its
 * deadline: a probe that throws, does not answer, or cannot be run is reported as {@link
 * ComponentHealth.State#FAILING} with the reason. Thread-safe.
 */
public final class HealthReporter {
  private final List<ProbeRunner> probes;
  private final SingleFlight<List<TopicHealth>> topics;
  private final Duration deadline;

  /** Reports on some probes, and on no topics. */
  public HealthReporter(List<HealthProbe> probes, Executor executor, Duration deadline) {
    this(probes, TopicsProbe.none(), executor, deadline);
  }

  /**
   * Reports on some probes and topics. Topics that are not told in time are a component that is
   * failing.
   *
   * @param probes in the order of the report
   * @param topics the topics of the report
   * @param executor runs the checks; needs a thread for each probe and one for the topics, or a
   *     check that hangs keeps others waiting. Owned by the caller. A check that hangs holds one of
   *     its threads, however often the health is asked for
   * @param deadline how long a report may take; positive
   */
  public HealthReporter(
      List<HealthProbe> probes, TopicsProbe topics, Executor executor, Duration deadline) {
    if (deadline.isNegative() || deadline.isZero()) {
      throw new IllegalArgumentException("deadline must be positive, was " + deadline);
    }
    this.probes = probes.stream().map(probe -> new ProbeRunner(probe, executor)).toList();
    this.topics = topics.on(executor);
    this.deadline = deadline;
  }

  /**
   * How all parts are now. If the thread is interrupted, parts that have not answered yet count as
   * failing.
   */
  public HealthReport report() {
    long end = System.nanoTime() + deadline.toNanos();
    List<ProbeRunner.Run> runs = probes.stream().map(ProbeRunner::start).toList();
    CompletableFuture<List<TopicHealth>> asked = topics.ask();
    List<ComponentHealth> components = new ArrayList<>();
    runs.forEach(run -> components.add(run.await(until(end), deadline)));
    TopicsProbe.Found found = TopicsProbe.await(asked, until(end), deadline);
    found.trouble().ifPresent(components::add);
    return new HealthReport(components, found.topics());
  }

  private static Duration until(long end) {
    return Duration.ofNanos(end - System.nanoTime());
  }
}
