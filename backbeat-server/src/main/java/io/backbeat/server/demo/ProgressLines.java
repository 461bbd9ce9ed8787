package io.backbeat.server.demo;

import io.backbeat.api.LocationName;
import io.backbeat.server.terminal.Texts;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A line for each location that moves, every few seconds: for logs and pipes. */
final class ProgressLines implements ProgressDisplay {
  private static final Duration INTERVAL = Duration.ofSeconds(3);

  private final Screen screen;
  private final Clock clock;
  private final Map<LocationName, LocationProgress> first = new HashMap<>();
  private final Map<LocationName, LocationProgress> said = new HashMap<>();
  private @Nullable Instant begun;
  private Instant next = Instant.MIN;

  ProgressLines(Screen screen, Clock clock) {
    this.screen = screen;
    this.clock = clock;
  }

  @Override
  public void show(List<LocationProgress> locations) {
    Instant now = clock.instant();
    if (begun == null) {
      begun = now;
      next = now.plus(INTERVAL);
      locations.forEach(l -> first.put(l.location(), l));
    }
    if (now.isBefore(next)) {
      return;
    }
    next = now.plus(INTERVAL);
    Duration elapsed = Duration.between(begun, now);
    for (LocationProgress location : locations) {
      if (!location.equals(said.put(location.location(), location))) {
        screen.say(line(location, elapsed));
      }
    }
  }

  @Override
  public void close() {}

  private String line(LocationProgress now, Duration elapsed) {
    LocationProgress start = first.getOrDefault(now.location(), now);
    // What is written meanwhile can make less finished than there was.
    long finished = Math.max(0, now.finished() - start.finished());
    double perSecond = finished * 1e3 / Math.max(1, elapsed.toMillis());
    long left = now.objects() - now.finished();
    String eta =
        left == 0 || perSecond <= 0
            ? ""
            : ", " + Texts.duration(Duration.ofSeconds(Math.round(left / perSecond))) + " left";
    return String.format(
        "  %s: %d of %s, %s copied, %.0f objects/s%s%s",
        now.location(),
        now.finished(),
        Texts.count(now.objects(), "object"),
        Texts.bytes(now.bytes()),
        perSecond,
        now.failed() > 0 ? ", " + now.failed() + " FAILED" : "",
        eta);
  }
}
