package io.backbeat.server.cluster;

import io.backbeat.api.ComponentHealth;
import io.backbeat.api.ComponentHealth.State;
import io.backbeat.health.HealthProbe;
import io.backbeat.health.ProgressProbe;
import io.backbeat.health.ProgressProbe.Activity;
import io.backbeat.health.ProgressProbe.Observation;
import io.backbeat.kafka.TopicProgress;
import io.backbeat.kafka.TopicReader;
import io.backbeat.queue.PartitionLag;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * How readers of topics are. The probes are made before the readers, which need the engine that
 * asks the probes. Thread-safe.
 *
 * <p>A reader is failing when its thread is gone or its group commits nothing for long though there
 * are records, and degraded while it waits for something that does not answer.
 */
final class ReaderHealth {
  private final Duration stuckAfter;
  private final Clock clock;
  private final Map<String, Supplier<ComponentHealth>> watched = new ConcurrentHashMap<>();

  /**
   * Watches nobody yet.
   *
   * @param stuckAfter how long a group may commit nothing while there are records
   */
  ReaderHealth(Duration stuckAfter, Clock clock) {
    this.stuckAfter = stuckAfter;
    this.clock = clock;
  }

  /** The probe of the reader of a name. */
  HealthProbe probe(String name) {
    String component = component(name);
    return new HealthProbe(
        component,
        () ->
            watched
                .getOrDefault(
                    name, () -> new ComponentHealth(component, State.DEGRADED, "is not started"))
                .get());
  }

  /** Looks at a reader from now on. */
  void watch(TopicReader<?> reader) {
    watch(reader.progress().name(), reader::running, reader::progress, reader::lag);
  }

  void watch(
      String name,
      BooleanSupplier running,
      Supplier<TopicProgress> progress,
      Supplier<SortedMap<String, List<PartitionLag>>> lag) {
    String component = component(name);
    ProgressProbe gettingOn =
        new ProgressProbe(component, () -> observe(lag.get()), stuckAfter, clock);
    watched.put(
        name,
        () ->
            running.getAsBoolean()
                ? judge(component, gettingOn, progress.get())
                : new ComponentHealth(
                    component, State.FAILING, "its thread has ended; restart the process"));
  }

  private static ComponentHealth judge(
      String component, ProgressProbe gettingOn, TopicProgress progress) {
    ComponentHealth seen = gettingOn.get();
    return seen.state() == State.OK && progress.error().isPresent()
        ? new ComponentHealth(component, State.DEGRADED, "waits: " + progress.error().get())
        : seen;
  }

  /** Of the whole group: a process may have no partition of it. */
  private static Observation observe(SortedMap<String, List<PartitionLag>> topics) {
    List<PartitionLag> all = topics.values().stream().flatMap(List::stream).toList();
    return new Observation(
        all.stream().mapToLong(PartitionLag::records).sum(),
        all.stream().mapToLong(PartitionLag::committed).sum(),
        Activity.RUNNING);
  }

  private static String component(String name) {
    return "reader/" + name;
  }
}
