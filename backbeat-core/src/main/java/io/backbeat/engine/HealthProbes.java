package io.backbeat.engine;

import io.backbeat.api.ComponentHealth;
import io.backbeat.api.ComponentHealth.State;
import io.backbeat.health.HealthProbe;
import io.backbeat.health.ProgressProbe;
import io.backbeat.health.ProgressProbe.Activity;
import io.backbeat.health.ProgressProbe.Observation;
import io.backbeat.populator.QueuePopulator;
import io.backbeat.processor.QueueWatch;
import io.backbeat.store.Stores;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** The probes of an engine: its store, its populator, and each queue by its progress. */
final class HealthProbes {
  private HealthProbes() {}

  static List<HealthProbe> of(
      Stores stores,
      Optional<LedPopulator> led,
      QueuePopulator populator,
      Supplier<Optional<String>> populatorError,
      List<QueueWatch> watches,
      Duration stuckAfter,
      Clock clock) {
    List<HealthProbe> probes = new ArrayList<>();
    probes.addAll(stores.probes());
    led.ifPresent(
        leads -> {
          probes.add(new HealthProbe("populator", () -> populatorHealth(populatorError.get())));
          probes.add(
              new ProgressProbe(
                      "populator/" + stores.journal().name(),
                      () -> observe(leads, populator),
                      stuckAfter,
                      clock)
                  .asProbe());
          probes.add(
              new HealthProbe("quarantine", () -> quarantineHealth(stores.quarantine().count())));
        });
    watches.forEach(
        watch -> probes.add(new HealthProbe(watch.processor().name().toString(), watch::health)));
    return probes;
  }

  private static Observation observe(LedPopulator led, QueuePopulator populator) {
    return new Observation(
        populator.lag(),
        populator.counts().entries(),
        led.leading() ? Activity.RUNNING : Activity.ELSEWHERE);
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
}
