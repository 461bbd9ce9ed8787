package io.backbeat.server.operate;

import io.backbeat.api.Blocker;
import io.backbeat.api.LocationExplanation;
import io.backbeat.api.ObjectExplanation;
import io.backbeat.api.SiteStatus;
import io.backbeat.api.Transition;
import io.backbeat.api.UnfinishedJob;
import io.backbeat.server.terminal.Cell;
import io.backbeat.server.terminal.Column;
import io.backbeat.server.terminal.Printer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Prints why a version stands where it stands: first a line for each destination that says it all,
 * then what happened lately.
 *
 * @param now what time it is, for what is to come
 */
public record ExplanationView(Quantities quantities, Instant now) {
  private static final List<Column> LOCATIONS =
      List.of(
          Column.words("location"),
          Column.words("status"),
          Column.words("blocked by"),
          Column.words("job"),
          Column.numbers("attempts"),
          Column.words("last error"));

  private static final List<Column> HISTORY =
      List.of(
          Column.words("time"),
          Column.words("location"),
          Column.words("event"),
          Column.numbers("attempts"),
          Column.words("what"));

  private record Happened(LocationExplanation location, Transition transition) {}

  /** Prints. */
  public void print(ObjectExplanation explanation, Printer out) {
    out.line(explanation.object() + ": " + explanation.overall() + written(explanation));
    out.table(LOCATIONS, explanation.locations().stream().map(this::location).toList());
    List<Happened> history = history(explanation);
    if (!history.isEmpty()) {
      out.line("");
      out.table(HISTORY, history.stream().map(this::happened).toList());
    }
  }

  private String written(ObjectExplanation explanation) {
    List<String> parts = new ArrayList<>();
    explanation.size().ifPresent(size -> parts.add(quantities.size(size)));
    explanation.lastModified().ifPresent(at -> parts.add("written " + Moments.at(at)));
    return parts.isEmpty() ? "" : " (" + String.join(", ", parts) + ')';
  }

  private List<Cell> location(LocationExplanation location) {
    String blockers =
        location.blockers().stream().map(this::blocker).collect(Collectors.joining("; "));
    return List.of(
        Cell.of(location.location().value()),
        Tones.of(location.status()),
        Cell.of(blockers.isEmpty() ? nothing(location) : blockers),
        Cell.of(location.job().map(job -> job.state().name()).orElse("-")),
        location.job().map(job -> Cell.of(job.attempts())).orElseGet(() -> Cell.of("-")),
        Cell.of(
            location
                .job()
                .flatMap(UnfinishedJob::lastFailure)
                .map(failure -> error(failure.errorClass(), failure.message()))
                .orElse("-")));
  }

  private static String nothing(LocationExplanation location) {
    return location.status() == SiteStatus.PENDING ? "nothing, its turn has come" : "-";
  }

  private String blocker(Blocker blocker) {
    String until = blocker.until().map(end -> Moments.ahead(end, now)).orElse("");
    return switch (blocker.reason()) {
      case NOT_CONFIGURED -> "the location is not configured";
      case PAUSED -> "the location is paused" + (until.isEmpty() ? "" : " until " + until);
      case DESTINATION_DOWN ->
          "the destination is down"
              + (until.isEmpty() ? "" : ", next trial " + until)
              + (blocker.detail().isEmpty() ? "" : ": " + blocker.detail());
      case NEXT_ATTEMPT -> "next attempt " + until;
      case QUEUE -> "queued: " + blocker.detail();
      case FAILED -> "no attempt is left, backbeat retry";
      case NO_JOB -> "no job is known, backbeat retry --force";
    };
  }

  /** Of all locations in one, newest first. */
  private static List<Happened> history(ObjectExplanation explanation) {
    List<Happened> all = new ArrayList<>();
    for (LocationExplanation location : explanation.locations()) {
      location.transitions().forEach(step -> all.add(new Happened(location, step)));
    }
    all.sort((a, b) -> b.transition().at().compareTo(a.transition().at())); // stable
    return all;
  }

  private List<Cell> happened(Happened happened) {
    Transition step = happened.transition();
    String what = error(step.errorClass(), step.message());
    String until = step.until().map(end -> "until " + Moments.at(end)).orElse("");
    return List.of(
        Cell.of(Moments.at(step.at())),
        Cell.of(happened.location().location().value()),
        Cell.of(step.event().name()),
        Cell.of(step.attempts()),
        Cell.of(
            what.isEmpty() && until.isEmpty()
                ? "-"
                : what + (what.isEmpty() || until.isEmpty() ? "" : ", ") + until));
  }

  private static String error(String errorClass, String message) {
    return errorClass.isEmpty() || message.isEmpty()
        ? errorClass + message
        : errorClass + ": " + message;
  }
}
