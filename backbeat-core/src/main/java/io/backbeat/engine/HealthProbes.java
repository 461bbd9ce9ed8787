package io.backbeat.engine;

import io.backbeat.api.ComponentHealth;
import io.backbeat.api.ComponentHealth.State;
import io.backbeat.health.HealthProbe;
import io.backbeat.health.ProgressProbe;
import io.backbeat.health.ProgressProbe.Activity;
import io.backbeat.health.ProgressProbe.Observation;
import io.backbeat.log.LostRange;
import io.backbeat.populator.QueuePopulator;
import io.backbeat.processor.QueueWatch;
import io.backbeat.store.Stores;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
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
          probes.add(
              new HealthProbe(
                  "populator",
                  () -> populatorHealth(populatorError.get(), stores.journal().lost())));
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

  /** A part of the log that was lost is named as long as the process lives. */
  static ComponentHealth populatorHealth(Optional<String> error, List<LostRange> lost) {
    if (error.isPresent()) {
      return new ComponentHealth("populator", State.FAILING, error.get());
    }
    if (lost.isEmpty()) {
      return new ComponentHealth("populator", State.OK, "");
    }
    LostRange last = lost.get(lost.size() - 1);
    String range =
        "the log lost what happened "
            + (last.after().equals(Instant.EPOCH) ? "" : "after " + last.after() + " and ")
            + "before "
            + last.noticed()
            + " ("
            + last.reason()
            + "): ";
    return last.relisted()
        ? new ComponentHealth(
            "populator", State.OK, range + "everything that waits was listed again")
        : new ComponentHealth(
            "populator", State.DEGRADED, range + "what waits has not been listed again since");
  }

  private static ComponentHealth quarantineHealth(long count) {
    return new ComponentHealth(
        "quarantine",
        count == 0 ? State.OK : State.DEGRADED,
        count == 0 ? "" : count + " records are set aside");
  }
}
