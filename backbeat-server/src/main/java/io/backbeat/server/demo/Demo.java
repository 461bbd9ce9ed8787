package io.backbeat.server.demo;

import io.backbeat.filesystem.DirectoryStore;
import io.backbeat.replication.ObjectStore;
import io.backbeat.server.place.LocationTarget;
import io.backbeat.server.place.Paths;
import io.backbeat.server.profile.EmbeddedProfile;
import io.backbeat.server.profile.OpenedStores;
import java.util.function.Supplier;

/** The demo from start to end: opens what it needs, runs, closes it again. To be run once. */
public final class Demo {
  /** The bucket whose objects the files are. */
  static final String BUCKET = "demo";

  private final DemoPlan plan;
  private final Screen screen;
  private final StopSignal stop;
  private final String state;
  private final Supplier<OpenedStores> profile;

  /** A demo of a plan, on the local store of its data directory. */
  public Demo(DemoPlan plan, Screen screen, StopSignal stop) {
    this(
        plan,
        screen,
        stop,
        plan.dataDirectory() + (plan.isFresh() ? " (new)" : " (going on from the run before)"),
        () -> EmbeddedProfile.open(plan.dataDirectory()));
  }

  /**
   * A demo of a plan, on stores of the caller's choice.
   *
   * @param state where they are, for the user
   * @param profile opens them
   */
  public Demo(
      DemoPlan plan, Screen screen, StopSignal stop, String state, Supplier<OpenedStores> profile) {
    this.state = state;
    this.profile = profile;
    this.plan = plan;
    this.screen = screen;
    this.stop = stop;
  }

  /**
   * Runs until all is settled, or until it is stopped.
   *
   * @throws DemoException if it cannot start or not go on
   * @throws io.backbeat.server.place.PlaceException if a directory cannot be used
   * @throws io.backbeat.embedded.StoreOpenException if the data directory cannot be used
   */
  public DemoResult run() {
    announce();
    plan.createDirectories();
    try (OpenedStores opened = profile.get()) {
      Paths.create("the data directory", plan.dataDirectory());
      plan.bind();
      try (LogFile log = LogFile.in(plan.dataDirectory());
          ObjectStore source = DirectoryStore.open(plan.source());
          Destinations destinations = Destinations.open(plan);
          DemoRun run = new DemoRun(plan, screen, stop, opened, source, destinations)) {
        log.begin();
        return run.run();
      }
    }
  }

  private void announce() {
    screen.say(
        "Source    "
            + plan.source()
            + " (every file is an object of the bucket \""
            + BUCKET
            + "\")");
    for (LocationTarget target : plan.targets()) {
      screen.say("Location  " + target.name() + " in " + target.address());
    }
    screen.say("State     " + state);
    screen.blank();
  }
}
