package io.backbeat.server.demo;

import io.backbeat.api.Backbeat;
import io.backbeat.api.FailedOperation;
import io.backbeat.api.FailedOperations;
import io.backbeat.api.FailedPage;
import io.backbeat.api.LocationName;
import io.backbeat.api.LocationStatus;
import io.backbeat.api.RetryRequest;
import io.backbeat.api.ServiceName;
import io.backbeat.server.terminal.Texts;
import java.util.ArrayList;
import java.util.List;

/**
 * What an operator does about a destination that failed, told step by step: look, pause, mend,
 * retry, resume.
 */
final class BreakTour {
  private static final int SHOWN = 3;
  private static final int PAGE = 1_000;

  private final Backbeat backbeat;
  private final LocationName location;
  private final Screen screen;

  BreakTour(Backbeat backbeat, LocationName location, Screen screen) {
    this.backbeat = backbeat;
    this.location = location;
    this.screen = screen;
  }

  /** Before anything was copied. */
  void announce(int attempts) {
    screen.say(
        "1. "
            + location
            + " is broken on purpose: every write to it fails. Each object gets "
            + attempts
            + " attempts there.");
    screen.say("   The other locations do not wait for it.");
  }

  /**
   * After all attempts were made.
   *
   * @param heal mends the destination
   * @return whether there is something to wait for now
   */
  boolean repair(Runnable heal) {
    List<FailedOperation> failed = failures();
    if (failed.isEmpty()) {
      heal.run();
      screen.say(
          "   No object is FAILED at "
              + location
              + ": it has copies of all of them from an earlier run,");
      screen.say(
          "   and what is COMPLETED is not copied again. Change a file, or give another --data-dir.");
      return false;
    }
    screen.say(
        "2. The attempts are used up. "
            + Texts.count(failed.size(), "object")
            + " FAILED at "
            + location
            + ", listed until somebody decides:");
    failed.stream().limit(SHOWN).forEach(this::show);
    if (failed.size() > SHOWN) {
      screen.say("     ... and " + (failed.size() - SHOWN) + " more");
    }
    LocationStatus paused = backbeat.locations().pause(ServiceName.REPLICATION, location);
    screen.say(
        "3. "
            + location
            + " is paused (wanted: "
            + paused.target()
            + "): jobs are queued for it, and none is run.");
    heal.run();
    screen.say("4. " + location + " is mended.");
    screen.say(
        "5. Retry: "
            + Texts.count(retry(failed), "object")
            + " PENDING at "
            + location
            + " again, each with a job in the durable queue.");
    LocationStatus resumed = backbeat.locations().resume(ServiceName.REPLICATION, location);
    screen.say(
        "6. "
            + location
            + " is resumed (wanted: "
            + resumed.target()
            + "); the queue is worked off.");
    return true;
  }

  /** After the queue was worked off. */
  void conclude() {
    int left = failures().size();
    screen.say(
        left == 0
            ? "7. Every object that was FAILED at " + location + " is COMPLETED."
            : "7. " + Texts.count(left, "object") + " FAILED at " + location + " again.");
  }

  private void show(FailedOperation failed) {
    screen.say(
        "     "
            + failed.object().key()
            + ": "
            + failed.errorClass()
            + " after "
            + Texts.count(failed.attempts(), "attempt")
            + ": "
            + failed.message());
  }

  private List<FailedOperation> failures() {
    List<FailedOperation> failed = new ArrayList<>();
    FailedPage page = backbeat.failed().list(location, FailedOperations.FIRST_PAGE, PAGE);
    failed.addAll(page.operations());
    while (page.truncated()) {
      page = backbeat.failed().list(location, page.nextMarker().getAsLong(), PAGE);
      failed.addAll(page.operations());
    }
    return failed;
  }

  private int retry(List<FailedOperation> failed) {
    int retried = 0;
    for (int from = 0; from < failed.size(); from += PAGE) {
      List<RetryRequest> requests =
          failed.subList(from, Math.min(from + PAGE, failed.size())).stream()
              .map(operation -> RetryRequest.of(operation.object(), location))
              .toList();
      retried += backbeat.failed().retry(requests).size();
    }
    return retried;
  }
}
