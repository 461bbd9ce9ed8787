package io.backbeat.server.demo;

import io.backbeat.api.LocationName;
import io.backbeat.api.SiteStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Writes a {@link Tally} as a table. */
final class SummaryTable {
  private SummaryTable() {}

  /** The lines of the table: a heading, and one for each location. */
  static List<String> lines(Tally tally, ProgressMeter meter) {
    int width =
        tally.locations().keySet().stream().mapToInt(l -> l.value().length()).max().orElse(0);
    String format = "%-" + Math.max(width, "location".length()) + "s %9s %10s %8s %7s %9s %15s";
    List<String> lines = new ArrayList<>();
    lines.add(
        String.format(
            format,
            "location",
            "objects",
            "COMPLETED",
            "PENDING",
            "FAILED",
            "bytes",
            "copied this run"));
    for (Map.Entry<LocationName, Tally.Location> entry : tally.locations().entrySet()) {
      Tally.Location location = entry.getValue();
      lines.add(
          String.format(
              format,
              entry.getKey(),
              location.objects(),
              location.count(SiteStatus.COMPLETED),
              location.count(SiteStatus.PENDING),
              location.count(SiteStatus.FAILED),
              Texts.bytes(location.completedBytes()),
              meter.completed(entry.getKey())));
    }
    return lines;
  }
}
