package io.backbeat.server.operate;

import io.backbeat.api.BulkTask;
import java.time.Duration;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** A bar on a terminal: what was gone through, rate, time left, what was queued. */
public final class TaskBar implements TaskDisplay {
  private static final int UPDATE_MILLIS = 250;

  private @Nullable ProgressBar bar;

  /** A bar that comes with the first look. */
  public TaskBar() {}

  @Override
  public void show(BulkTask task) {
    boolean planning = task.state() == BulkTask.State.PLANNING || task.request().dryRun();
    long done = planning ? task.plan().listed() : task.progress().listed();
    ProgressBar shown = bar == null ? bar(task, done) : bar;
    bar = shown;
    // How much there is, nobody knows before it is counted.
    shown.maxHint(planning ? -1 : Math.max(task.plan().listed(), done));
    shown.stepTo(done);
    shown.setExtraMessage(
        " " + (planning ? task.plan().matched() + " to be" : task.progress().queued()) + " queued");
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
    }
  }

  private static ProgressBar bar(BulkTask task, long done) {
    return new ProgressBarBuilder()
        .setTaskName(task.id())
        .setStyle(ProgressBarStyle.ASCII)
        .setInitialMax(-1)
        .setUpdateIntervalMillis(UPDATE_MILLIS)
        .startsFrom(done, Duration.ZERO)
        .showSpeed()
        .build();
  }
}
