package io.backbeat.server.demo;

import io.backbeat.api.LocationName;
import io.backbeat.server.terminal.Texts;
import java.text.DecimalFormat;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** A bar for each location on a terminal: objects, rate, time left, bytes. */
final class ProgressBars implements ProgressDisplay {
  private static final int UPDATE_MILLIS = 250;

  private final Map<LocationName, ProgressBar> bars = new LinkedHashMap<>();

  @Override
  public void show(List<LocationProgress> locations) {
    for (LocationProgress location : locations) {
      ProgressBar bar = bars.computeIfAbsent(location.location(), name -> bar(location));
      bar.maxHint(location.objects());
      bar.stepTo(location.finished());
      bar.setExtraMessage(
          " "
              + Texts.bytes(location.bytes())
              + (location.failed() > 0 ? ", " + location.failed() + " FAILED" : ""));
    }
  }

  @Override
  public void close() {
    bars.values().forEach(ProgressBar::close);
  }

  private static ProgressBar bar(LocationProgress location) {
    return new ProgressBarBuilder()
        .setTaskName(location.location().value())
        .setStyle(ProgressBarStyle.ASCII)
        .setInitialMax(location.objects())
        .setUpdateIntervalMillis(UPDATE_MILLIS)
        // What an earlier run has done says nothing of the speed of this one.
        .startsFrom(location.finished(), Duration.ZERO)
        .showSpeed(new DecimalFormat("#0' objects'"))
        .build();
  }
}
