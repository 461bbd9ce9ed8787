package io.backbeat.server.operate;

import io.backbeat.api.BulkCounts;
import io.backbeat.api.BulkRequest;
import io.backbeat.api.BulkTask;
import io.backbeat.server.terminal.Cell;
import io.backbeat.server.terminal.Column;
import io.backbeat.server.terminal.Printer;
import io.backbeat.server.terminal.Texts;
import io.backbeat.server.terminal.Tone;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/** Resyncs and retries as people read them. */
public final class TaskView {
  private static final List<Column> COLUMNS =
      List.of(
          Column.words("task"),
          Column.words("state"),
          Column.numbers("listed"),
          Column.numbers("matched"),
          Column.numbers("queued"),
          Column.numbers("size"),
          Column.words("started"),
          Column.words("ends"),
          Column.words("error"));

  private TaskView() {}

  /** Prints a row for each task. */
  public static void print(List<BulkTask> tasks, Instant now, Printer out) {
    out.table(COLUMNS, tasks.stream().map(task -> row(task, now)).toList());
  }

  private static List<Cell> row(BulkTask task, Instant now) {
    BulkCounts counts = counts(task);
    return List.of(
        Cell.of(task.id()),
        tone(task.state()),
        Cell.of(counts.listed()),
        Cell.of(counts.matched()),
        Cell.of(counts.queued()),
        Cell.of(Texts.bytes(counts.bytes())),
        Cell.of(Moments.at(task.createdAt())),
        Cell.of(
            task.endedAt()
                .map(Moments::at)
                .or(() -> task.endsAt().map(at -> Moments.ahead(at, now)))
                .orElse("-")),
        Cell.of(task.error().isEmpty() ? "-" : task.error()));
  }

  /** What counts now: the plan until something is queued. */
  private static BulkCounts counts(BulkTask task) {
    boolean planned =
        task.request().dryRun()
            || task.state() == BulkTask.State.PLANNING
            || task.progress().equals(BulkCounts.NONE);
    return planned ? task.plan() : task.progress();
  }

  private static Cell tone(BulkTask.State state) {
    return new Cell(
        state.name(),
        switch (state) {
          case DONE -> Tone.GOOD;
          case FAILED -> Tone.BAD;
          case PAUSED, CANCELLED -> Tone.CAUTION;
          case PLANNING, RUNNING -> Tone.PLAIN;
        });
  }

  /** One line of progress. */
  public static String progress(BulkTask task, Instant now) {
    String listed = items(task);
    return switch (task.state()) {
      case PLANNING ->
          task.plan().listed()
              + " "
              + listed
              + " looked at, "
              + task.plan().matched()
              + " to be queued"
              + trouble(task);
      case RUNNING ->
          task.progress().listed()
              + (task.plan().listed() > 0 ? " of " + task.plan().listed() : "")
              + " "
              + listed
              + ", "
              + task.progress().queued()
              + " queued, "
              + String.format(Locale.ROOT, "%.0f/s", task.listedPerSecond())
              + task.endsAt().map(at -> ", " + Texts.duration(left(now, at)) + " left").orElse("")
              + trouble(task);
      default -> summary(task);
    };
  }

  private static Duration left(Instant now, Instant at) {
    return at.isAfter(now) ? Duration.between(now, at) : Duration.ZERO;
  }

  private static String trouble(BulkTask task) {
    return task.error().isEmpty() ? "" : "; in its way: " + task.error();
  }

  /** What became of it, or where it stands. */
  public static String summary(BulkTask task) {
    if (task.request().dryRun() && task.state() == BulkTask.State.DONE) {
      return Texts.count(task.plan().matched(), "operation")
          + " of "
          + task.plan().listed()
          + " "
          + items(task)
          + " would be queued, "
          + Texts.bytes(task.plan().bytes());
    }
    return task.id()
        + " is "
        + task.state()
        + ": "
        + task.progress().queued()
        + " of "
        + Texts.count(task.progress().matched(), "operation")
        + " queued, "
        + Texts.bytes(task.progress().bytes())
        + (task.error().isEmpty() ? "" : "; " + task.error());
  }

  private static String items(BulkTask task) {
    return task.request() instanceof BulkRequest.Resync ? "versions" : "failures";
  }
}
