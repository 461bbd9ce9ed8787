package io.backbeat.job;

import io.backbeat.api.OverallStatus;
import io.backbeat.api.SiteStatus;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/** Prints the reference page of statuses from the code. */
final class StatusPage {
  private StatusPage() {}

  static String print() {
    StringBuilder page = new StringBuilder();
    page.append(
        """
        # Statuses

        <!-- Printed from the code by StatusPageTest; edit the code, not this page. -->

        A version has one status at each of its locations, and one overall status that follows from them.

        ## Status at a location

        | Status | Meaning |
        |---|---|
        """);
    for (SiteStatus status : SiteStatus.values()) {
      page.append("| `%s` | %s |\n".formatted(status, meaning(status)));
    }
    page.append(
        """

        A client write (a new version, or a change of metadata or tags) makes every location `PENDING`, whatever it was. It is
        no event but a new revision: an event of an older revision changes nothing. All other changes are events:

        | Event | Meaning |
        |---|---|
        """);
    for (StatusEvent event : StatusEvent.values()) {
      page.append("| `%s` | %s |\n".formatted(event, meaning(event)));
    }
    page.append("\nThe status after an event; `-` means that nothing changes:\n\n| Event |");
    for (SiteStatus status : SiteStatus.values()) {
      page.append(" when `%s` |".formatted(status));
    }
    page.append("\n|---|").append("---|".repeat(SiteStatus.values().length)).append('\n');
    for (StatusEvent event : StatusEvent.values()) {
      page.append("| `%s` |".formatted(event));
      for (SiteStatus status : SiteStatus.values()) {
        String next = StatusMachine.next(status, event).map(s -> '`' + s.name() + '`').orElse("-");
        page.append(' ').append(next).append(" |");
      }
      page.append('\n');
    }
    page.append(
        """

        ## Overall status

        Any location `FAILED` gives `FAILED`; else all `PENDING` gives `PENDING`; else any `PENDING` gives `PROCESSING`; else any
        `REPLICA` gives `REPLICA`; else `COMPLETED`, also without any location.

        | Statuses found at the locations | Overall |
        |---|---|
        """);
    for (List<SiteStatus> found : subsets()) {
      String names =
          found.stream().map(s -> '`' + s.name() + '`').collect(Collectors.joining(", "));
      page.append(
          "| %s | `%s` |\n".formatted(names.isEmpty() ? "none" : names, OverallStatus.of(found)));
    }
    page.append(
        """

        ## In stored metadata

        `replicationInfo.status` is `PENDING` only as a client write left it, because that is what makes the version queued. What
        Backbeat stores follows the table above with `PROCESSING` in place of `PENDING`. Users see each location as metadata
        `<location>-replication-status`, and `<location>-version-id` once it is `COMPLETED`.
        """);
    return page.toString();
  }

  /** No default: an event without a meaning does not compile. */
  private static String meaning(StatusEvent event) {
    return switch (event) {
      case REPLICATED -> "The location has the version now.";
      case SOURCE_CHANGED ->
          "The source changed while it was copied and kept its version (a bucket served by NFS); the newer state is still to be"
              + " copied.";
      case ATTEMPT_FAILED -> "An attempt failed and another one is due.";
      case ATTEMPTS_EXHAUSTED ->
          "An attempt failed and none is left, or another one could not help.";
      case SKIPPED -> "The job was given up without an attempt, for a reason that is recorded.";
      case RETRY_REQUESTED -> "An operator asked for another attempt.";
      case RESYNC_REQUESTED ->
          "An operator asked for another copy, also of what the location has already.";
    };
  }

  private static String meaning(SiteStatus status) {
    return switch (status) {
      case PENDING -> "The location does not have the version yet; a job is responsible for it.";
      case COMPLETED ->
          "The location has the version. Final until the next client write, unless an operator asks for a resync.";
      case FAILED ->
          "The last attempt failed and no automatic one is left; the failure is listed and can be retried.";
      case REPLICA -> "The version is itself a copy, written by replication.";
    };
  }

  /** Every set of statuses, small ones first. */
  private static List<List<SiteStatus>> subsets() {
    SiteStatus[] all = SiteStatus.values();
    List<List<SiteStatus>> subsets = new ArrayList<>();
    for (int bits = 0; bits < 1 << all.length; bits++) {
      int chosen = bits;
      subsets.add(Arrays.stream(all).filter(s -> (chosen >> s.ordinal() & 1) == 1).toList());
    }
    subsets.sort(Comparator.comparing(List::size));
    return subsets;
  }
}
