package io.backbeat.engine;

import io.backbeat.api.ComponentHealth;
import io.backbeat.api.ComponentHealth.State;
import io.backbeat.api.ObservedState;
import io.backbeat.health.HealthProbe;
import io.backbeat.health.ProgressProbe;
import io.backbeat.health.ProgressProbe.Activity;
import io.backbeat.health.ProgressProbe.Observation;
import io.backbeat.populator.QueuePopulator;
import io.backbeat.processor.QueueProcessor;
import io.backbeat.processor.QueueSnapshot;
import io.backbeat.store.Stores;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** The probes of an engine: its store, its populator, and each queue by its progress. */
final class HealthProbes {
  private HealthProbes() {}

  static List<HealthProbe> of(
      Stores stores,
      Set<Role> roles,
      QueuePopulator populator,
      Supplier<Optional<String>> populatorError,
      List<QueueProcessor> processors,
      Duration stuckAfter,
      Clock clock) {
    List<HealthProbe> probes = new ArrayList<>();
    probes.addAll(stores.probes());
    if (roles.contains(Role.POPULATOR)) {
      probes.add(new HealthProbe("populator", () -> populatorHealth(populatorError.get())));
      probes.add(
          new ProgressProbe(
                  "populator/" + stores.journal().name(),
                  () ->
                      new Observation(
                          populator.lag(), populator.counts().entries(), Activity.RUNNING),
                  stuckAfter,
                  clock)
              .asProbe());
      probes.add(
          new HealthProbe("quarantine", () -> quarantineHealth(stores.quarantine().count())));
    }
    if (roles.contains(Role.PROCESSOR)) {
      for (QueueProcessor processor : processors) {
        probes.add(
            new ProgressProbe(
                    processor.name().toString(),
                    () -> observe(stores, processor),
                    stuckAfter,
                    clock)
                .asProbe());
      }
    }
    return probes;
  }

  private static ComponentHealth populatorHealth(Optional<String> error) {
    return new ComponentHealth(
        "populator", error.isPresent() ? State.FAILING : State.OK, error.orElse(""));
  }

  private static ComponentHealth quarantineHealth(long count) {
    return new ComponentHealth(
        "quarantine",
        count == 0 ? State.OK : State.DEGRADED,
        count == 0 ? "" : count + " records are set aside");
  }

  private static Observation observe(Stores stores, QueueProcessor processor) {
    QueueSnapshot now = processor.snapshot();
    Activity activity = Activity.RUNNING;
    if (now.observed() == ObservedState.PAUSED) {
      activity = Activity.PAUSED;
    } else if (now.destinationDownUntil().isPresent()) {
      activity = Activity.BREAKER_OPEN;
    }
    return new Observation(
        stores.queue().backlog(processor.name()), now.lastProgress().toEpochMilli(), activity);
  }
}
