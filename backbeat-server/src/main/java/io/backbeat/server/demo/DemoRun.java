package io.backbeat.server.demo;

import io.backbeat.api.LocationName;
import io.backbeat.api.LocationOperations;
import io.backbeat.api.LocationStatus;
import io.backbeat.api.ServiceName;
import io.backbeat.api.TargetState;
import io.backbeat.engine.BackbeatEngine;
import io.backbeat.engine.EngineConfig;
import io.backbeat.filesystem.DirectoryWatcher;
import io.backbeat.filesystem.ScanProblem;
import io.backbeat.filesystem.ScanSummary;
import io.backbeat.filesystem.WatchedDirectory;
import io.backbeat.prometheus.PrometheusMeters;
import io.backbeat.replication.ObjectStore;
import io.backbeat.replication.ReplicationHandler;
import io.backbeat.server.profile.OpenedStores;
import io.backbeat.server.terminal.Texts;
import io.backbeat.task.RetryPolicy;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/** An engine that works for a demo, and what the user is told meanwhile. For one thread. */
final class DemoRun implements AutoCloseable {
  private static final LocationName SOURCE = LocationName.of("source-directory");

  /** Quick ones, so that one can watch attempts being used up. */
  private static final RetryPolicy BROKEN_RETRY =
      new RetryPolicy(3, Duration.ofMillis(300), Duration.ofSeconds(1), 2, 0.1);

  private static final Duration DRAIN = Duration.ofSeconds(10);
  private static final int PROBLEMS_SHOWN = 5;

  private final DemoPlan plan;
  private final Screen screen;
  private final StopSignal stop;
  private final OpenedStores opened;
  private final Destinations destinations;
  private final ProgressMeter meter = new ProgressMeter();
  private final BackbeatEngine engine;
  private final DirectoryWatcher watcher;
  private final Settling settling;

  /** Wires an engine; the stores stay the caller's to close, after this. */
  DemoRun(
      DemoPlan plan,
      Screen screen,
      StopSignal stop,
      OpenedStores opened,
      ObjectStore source,
      Destinations destinations) {
    this.plan = plan;
    this.screen = screen;
    this.stop = stop;
    this.opened = opened;
    this.destinations = destinations;
    BackbeatEngine.Builder builder =
        opened.prepare(
            BackbeatEngine.builder(opened.stores())
                .locations(plan.locations())
                // Nothing runs for these services; they are there for the whole API to be tried.
                .locations(ServiceName.INGESTION, plan.locations())
                .locations(ServiceName.LIFECYCLE, plan.locations())
                .replication(new ReplicationHandler(source, destinations.stores()))
                .listener(meter)
                .meters(PrometheusMeters.create()));
    if (plan.broken().isPresent()) {
      builder.config(EngineConfig.DEFAULT.withRetry(BROKEN_RETRY));
    }
    this.engine = builder.build();
    this.watcher =
        new DirectoryWatcher(
            WatchedDirectory.of(plan.source(), Demo.BUCKET, SOURCE, plan.locations())
                .excluding(plan.excluded()),
            opened.stores().journal(),
            Clock.systemUTC());
    this.settling = new Settling(engine, watcher, meter, plan.locations(), stop, plan.patience());
  }

  /**
   * Replicates; then serves until the user asks to stop, unless the plan says to exit.
   *
   * @throws DemoException if it cannot go on
   */
  DemoResult run() {
    setTargets(engine.operations().locations());
    engine.start();
    opened.start(engine);
    if (plan.exit()) {
      return replicate();
    }
    try (RestApi api = RestApi.start(engine.operations(), plan.port())) {
      api.introduce(plan, screen);
      return replicate();
    }
  }

  /** Stops the watcher, then the engine. */
  @Override
  public void close() {
    watcher.close();
    opened.stop();
    engine.close(DRAIN);
  }

  private DemoResult replicate() {
    Optional<BreakTour> tour =
        plan.broken().map(name -> new BreakTour(engine.operations(), name, screen));
    tour.ifPresent(t -> t.announce(BROKEN_RETRY.maxAttempts()));
    long objects = lookAtSource().map(ScanSummary::seen).orElse(0L);
    Settling.Result result = settle(objects);
    if (tour.isPresent()
        && result instanceof Settling.Result.Settled
        && tour.get().repair(destinations::heal)) {
      result = settle(objects);
      tour.get().conclude();
    }
    Tally tally = Tally.of(opened.stores(), Demo.BUCKET, plan.locations());
    screen.blank();
    SummaryTable.lines(tally, meter).forEach(screen::say);
    if (result instanceof Settling.Result.Interrupted) {
      screen.say("Stopped. The next run with this data directory goes on from here.");
      return DemoResult.INTERRUPTED;
    }
    if (!plan.exit()) {
      new Serving(plan, engine, watcher, meter, screen, stop).run();
      return DemoResult.ENDED;
    }
    if (result instanceof Settling.Result.Stuck stuck) {
      throw new DemoException(
          "cannot go on: "
              + Texts.printable(stuck.reason())
              + ". What is COMPLETED stays so; mend it and run the same command again");
    }
    return tally.allCompleted() ? DemoResult.COMPLETED : DemoResult.NOT_COMPLETED;
  }

  /** The first pass over the source; empty if the user asked to stop meanwhile. */
  private Optional<ScanSummary> lookAtSource() {
    Optional<ScanSummary> found;
    try (ProgressDisplay display = screen.progress()) {
      found = settling.pass(display);
    }
    found.ifPresent(this::report);
    return found;
  }

  private Settling.Result settle(long objects) {
    Settling.Result result;
    try (ProgressDisplay display = screen.progress()) {
      result = settling.await(display, objects);
    }
    if (result instanceof Settling.Result.Stuck stuck) {
      screen.say("Nothing moves: " + stuck.reason());
    }
    return result;
  }

  /**
   * A pause outlives the engine, and the demo of an earlier run may have been killed during one.
   */
  private void setTargets(LocationOperations locations) {
    for (LocationStatus status : locations.list(ServiceName.REPLICATION)) {
      LocationName name = status.location();
      if (plan.paused().filter(name::equals).isPresent()) {
        locations.pause(ServiceName.REPLICATION, name);
        screen.say(name + " is paused: jobs are queued for it, and none is run.");
      } else if (status.target() == TargetState.PAUSED) {
        locations.resume(ServiceName.REPLICATION, name);
        screen.say(name + " was paused when the run before ended; it is resumed.");
      }
    }
  }

  private void report(ScanSummary found) {
    screen.say(
        Texts.count(found.seen(), "object")
            + ", "
            + Texts.bytes(found.bytes())
            + ": "
            + (found.added() + found.changed())
            + " new or changed"
            + (found.removed() > 0 ? ", " + found.removed() + " removed" : ""));
    found.problems().stream().limit(PROBLEMS_SHOWN).forEach(this::report);
    if (found.problemCount() > PROBLEMS_SHOWN) {
      screen.say(
          "  ... and "
              + (found.problemCount() - PROBLEMS_SHOWN)
              + " more that are left out; see "
              + plan.dataDirectory().resolve(LogFile.NAME));
    }
  }

  private void report(ScanProblem problem) {
    screen.say(
        "  left out: "
            + (problem.path().isEmpty() ? plan.source().toString() : problem.path())
            + " ("
            + problem.reason()
            + (problem.detail().isEmpty() ? "" : ", " + problem.detail())
            + ")");
  }
}
