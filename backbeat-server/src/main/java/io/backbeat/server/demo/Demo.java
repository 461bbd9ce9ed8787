package io.backbeat.server.demo;

import io.backbeat.api.LocationName;
import io.backbeat.api.LocationOperations;
import io.backbeat.api.LocationStatus;
import io.backbeat.api.ServiceName;
import io.backbeat.api.TargetState;
import io.backbeat.embedded.EmbeddedStore;
import io.backbeat.engine.BackbeatEngine;
import io.backbeat.engine.EngineConfig;
import io.backbeat.filesystem.DirectoryStore;
import io.backbeat.filesystem.DirectoryWatcher;
import io.backbeat.filesystem.ScanProblem;
import io.backbeat.filesystem.ScanSummary;
import io.backbeat.filesystem.WatchedDirectory;
import io.backbeat.replication.ObjectStore;
import io.backbeat.replication.ReplicationHandler;
import io.backbeat.store.Stores;
import io.backbeat.task.RetryPolicy;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/** The demo from start to end. To be run once. */
public final class Demo {
  /** The bucket whose objects the files are. */
  static final String BUCKET = "demo";

  private static final LocationName SOURCE = LocationName.of("source-directory");

  /** Quick ones, so that one can watch attempts being used up. */
  private static final RetryPolicy BROKEN_RETRY =
      new RetryPolicy(3, Duration.ofMillis(300), Duration.ofSeconds(1), 2, 0.1);

  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Duration DRAIN = Duration.ofSeconds(10);
  private static final int PROBLEMS_SHOWN = 5;

  private final DemoPlan plan;
  private final Screen screen;
  private final StopSignal stop;
  private final ProgressMeter meter = new ProgressMeter();

  /** A demo of a plan. */
  public Demo(DemoPlan plan, Screen screen, StopSignal stop) {
    this.plan = plan;
    this.screen = screen;
    this.stop = stop;
  }

  /**
   * Runs until all is settled, or until it is stopped.
   *
   * @throws DemoException if it cannot go on
   */
  public DemoResult run() {
    announce();
    plan.createDirectories();
    try (Stores stores = EmbeddedStore.open(plan.dataDirectory())) {
      DemoBinding.bind(plan);
      try (LogFile unused = LogFile.in(plan.dataDirectory());
          ObjectStore source = DirectoryStore.open(plan.source());
          Destinations destinations = Destinations.open(plan)) {
        return run(stores, source, destinations);
      }
    }
  }

  private DemoResult run(Stores stores, ObjectStore source, Destinations destinations) {
    EngineConfig config =
        plan.broken().isPresent() ? EngineConfig.DEFAULT.withRetry(BROKEN_RETRY) : EngineConfig.DEFAULT;
    BackbeatEngine engine =
        BackbeatEngine.builder(stores)
            .locations(plan.locations())
            .replication(new ReplicationHandler(source, destinations.stores()))
            .config(config)
            .listener(meter)
            .build();
    WatchedDirectory watched =
        WatchedDirectory.of(plan.source(), BUCKET, SOURCE, plan.locations()).excluding(plan.excluded());
    try (DirectoryWatcher watcher = new DirectoryWatcher(watched, stores.journal(), Clock.systemUTC())) {
      setTargets(engine.operations().locations());
      engine.start();
      if (plan.exit()) {
        return run(stores, engine, watcher, destinations, config);
      }
      try (RestApi api = RestApi.start(engine.operations(), plan.port())) {
        api.introduce(plan, screen);
        return run(stores, engine, watcher, destinations, config);
      }
    } finally {
      engine.close(DRAIN);
    }
  }

  private DemoResult run(
      Stores stores,
      BackbeatEngine engine,
      DirectoryWatcher watcher,
      Destinations destinations,
      EngineConfig config) {
    Settling settling = new Settling(engine, watcher, meter, plan.locations(), stop, PATIENCE);
    Optional<BreakTour> tour =
        plan.broken().map(name -> new BreakTour(engine.operations(), name, screen));
    tour.ifPresent(t -> t.announce(config.retry().maxAttempts()));
    ScanSummary found = watcher.scan();
    report(found);
    Settling.Result result = settle(settling, found.seen());
    if (tour.isPresent()
        && result instanceof Settling.Result.Settled
        && tour.get().repair(destinations::heal)) {
      result = settle(settling, found.seen());
      tour.get().conclude();
    }
    Tally tally = summarize(stores);
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
          "cannot go on: " + stuck.reason() + ". What is COMPLETED stays so; mend it and run the same command again");
    }
    return tally.allCompleted() ? DemoResult.COMPLETED : DemoResult.NOT_COMPLETED;
  }

  /** A pause outlives the engine, and the demo of an earlier run may have been killed during one. */
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

  private void announce() {
    screen.say("Source    " + plan.source() + " (every file is an object of the bucket \"" + BUCKET + "\")");
    for (LocationTarget target : plan.targets()) {
      screen.say("Location  " + target.name() + " in " + target.address());
    }
    screen.say(
        "State     " + plan.dataDirectory()
            + (plan.isFresh() ? " (new)" : " (going on from the run before)"));
    screen.blank();
  }

  private void report(ScanSummary found) {
    screen.say(
        Texts.count(found.seen(), "object") + ", " + Texts.bytes(found.bytes()) + ": "
            + (found.added() + found.changed()) + " new or changed"
            + (found.removed() > 0 ? ", " + found.removed() + " removed" : ""));
    found.problems().stream().limit(PROBLEMS_SHOWN).forEach(this::report);
    if (found.problemCount() > PROBLEMS_SHOWN) {
      screen.say("  ... and " + (found.problemCount() - PROBLEMS_SHOWN) + " more that are left out; see " + plan.dataDirectory().resolve(LogFile.NAME));
    }
  }

  private void report(ScanProblem problem) {
    screen.say(
        "  left out: " + (problem.path().isEmpty() ? plan.source().toString() : problem.path()) + " (" + problem.reason()
            + (problem.detail().isEmpty() ? "" : ", " + problem.detail()) + ")");
  }

  private Settling.Result settle(Settling settling, long objects) {
    Settling.Result result;
    try (ProgressDisplay display = screen.progress()) {
      result = settling.await(display, objects);
    }
    if (result instanceof Settling.Result.Stuck stuck) {
      screen.say("Nothing moves: " + stuck.reason());
    }
    return result;
  }

  private Tally summarize(Stores stores) {
    Tally tally = Tally.of(stores, BUCKET, plan.locations());
    screen.blank();
    SummaryTable.lines(tally, meter).forEach(screen::say);
    return tally;
  }
}
