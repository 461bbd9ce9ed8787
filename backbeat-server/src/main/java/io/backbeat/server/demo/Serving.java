package io.backbeat.server.demo;

import io.backbeat.api.LocationName;
import io.backbeat.engine.BackbeatEngine;
import io.backbeat.filesystem.DirectoryWatcher;
import io.backbeat.filesystem.ScanSummary;
import io.backbeat.server.terminal.Texts;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the demo does once all is copied: watches the source, serves the REST API, and waits. */
final class Serving {
  private static final Duration INTERVAL = Duration.ofSeconds(1);

  private final DemoPlan plan;
  private final BackbeatEngine engine;
  private final DirectoryWatcher watcher;
  private final ProgressMeter meter;
  private final Screen screen;
  private final StopSignal stop;
  private final Map<LocationName, Long> completed = new HashMap<>();
  private final Map<LocationName, Long> failed = new HashMap<>();

  Serving(
      DemoPlan plan,
      BackbeatEngine engine,
      DirectoryWatcher watcher,
      ProgressMeter meter,
      Screen screen,
      StopSignal stop) {
    this.plan = plan;
    this.engine = engine;
    this.watcher = watcher;
    this.meter = meter;
    this.screen = screen;
    this.stop = stop;
  }

  /** Returns when the user asks to stop. */
  void run() {
    for (LocationName location : plan.locations()) {
      completed.put(location, meter.completed(location));
      failed.put(location, meter.failed(location));
    }
    watcher.start(INTERVAL, this::report);
    do {
      if (engine.unfinished().settled()) {
        plan.locations().forEach(this::news);
      }
    } while (!stop.await(INTERVAL));
    screen.say("Stopping ...");
  }

  private void report(ScanSummary pass) {
    if (pass.added() + pass.changed() + pass.removed() > 0) {
      screen.say(
          "Files: "
              + pass.added()
              + " new, "
              + pass.changed()
              + " changed, "
              + pass.removed()
              + " removed");
    }
  }

  /** Says what was copied since this was last called, if anything was. */
  private void news(LocationName location) {
    long copied = meter.completed(location);
    long gaveUp = meter.failed(location);
    long newCopies = copied - or0(completed.put(location, copied));
    long newFailures = gaveUp - or0(failed.put(location, gaveUp));
    if (newCopies > 0) {
      screen.say("  " + location + ": " + Texts.count(newCopies, "object") + " copied");
    }
    if (newFailures > 0) {
      screen.say("  " + location + ": " + Texts.count(newFailures, "object") + " FAILED");
    }
  }

  private static long or0(@Nullable Long count) {
    return count == null ? 0 : count;
  }
}
