package io.backbeat.server.config;

import io.backbeat.bulk.SweepPolicy;
import io.backbeat.engine.EngineConfig;
import io.backbeat.explanation.HistoryOptions;
import io.backbeat.processor.ProcessorLimits;
import io.backbeat.status.Retention;
import java.util.Locale;
import java.util.Optional;

/** How the engine works, from a tree in which no error was found. Pure. */
final class EngineConfigReader {
  private static final String SWEEP = "backbeat.sweep.";

  private EngineConfigReader() {}

  /**
   * Reads it.
   *
   * @param cluster says how many jobs of a queue run at the same time, where there is one
   */
  static EngineConfig read(ConfigValues values, Optional<ClusterConfig> cluster) {
    EngineConfig config =
        EngineConfig.DEFAULT
            .withSupervision(
                values.seconds("backbeat.stuckAfterS"), values.integer("backbeat.stuckRestarts"))
            .withSweep(sweep(values))
            .withPendingCheck(values.seconds("backbeat.pendingCheckS"));
    return cluster
        .map(
            known ->
                config.withProcessors(
                    ProcessorLimits.DEFAULT.withConcurrency(known.processing().concurrency())))
        .orElse(config);
  }

  /** What is kept of what happened to jobs. */
  static HistoryOptions history(ConfigValues values) {
    String kept = values.requireText("backbeat.history").toUpperCase(Locale.ROOT);
    return new HistoryOptions(HistoryOptions.Detail.valueOf(kept), Retention.DEFAULT);
  }

  /** A search that is switched off keeps its age: what is started by hand goes by it, too. */
  private static SweepPolicy sweep(ConfigValues values) {
    SweepPolicy policy =
        new SweepPolicy(
            values.seconds(SWEEP + "periodS"),
            values.seconds(SWEEP + "firstAfterS"),
            values.seconds(SWEEP + "minAgeS"),
            values.integer(SWEEP + "versionsPerSecond"),
            values.integer(SWEEP + "operationsPerSecond"));
    return values.truth(SWEEP + "enabled") ? policy : policy.every(SweepPolicy.NEVER.every());
  }
}
