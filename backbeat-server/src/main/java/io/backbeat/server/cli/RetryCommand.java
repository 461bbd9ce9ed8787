package io.backbeat.server.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.backbeat.api.Backbeat;
import io.backbeat.api.BackbeatException;
import io.backbeat.api.BulkRequest;
import io.backbeat.api.LocationName;
import io.backbeat.api.RetryRequest;
import io.backbeat.api.ServiceName;
import io.backbeat.server.operate.OperationException;
import io.backbeat.server.operate.RequestList;
import io.backbeat.server.operate.RetryCounts;
import io.backbeat.server.operate.RetryRun;
import io.backbeat.server.terminal.Texts;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code backbeat retry}. */
@Command(
    name = "retry",
    description = {
      "Queues failed operations for one more attempt: those of locations (--all), of objects, or those on standard"
          + " input (-), as \"backbeat failed --json\" prints them.",
      "",
      "With --bucket, --prefix, --error, --failed-from, --failed-before, --older-than, --rate or --background, --all is"
          + " a task that the server does in the background, whether or not somebody waits; see \"backbeat tasks\".",
      "",
      "Works in batches, whatever the number. Asking twice is harmless; what is unknown, or being retried by"
          + " somebody else, is left out, and the exit status is then 1."
    })
final class RetryCommand extends BulkCommand {
  private static final Duration PROGRESS = Duration.ofSeconds(2);

  @Mixin private RetryTargets targets = new RetryTargets();

  @Option(
      names = "--location",
      paramLabel = "LOCATION",
      converter = LocationNameConverter.class,
      description = "only there; repeatable; default: everywhere")
  private List<LocationName> locations = new ArrayList<>();

  @Option(
      names = "--force",
      description =
          "also what is not recorded as failed; a COMPLETED version is left out all the same, until it is written anew")
  private boolean force;

  @Option(names = "--dry-run", description = "queue nothing, show what would be asked for")
  private boolean dryRun;

  @Mixin private BulkOptions bulk = new BulkOptions();
  @Mixin private FailureOptions failures = new FailureOptions();

  private Instant told = Instant.MAX;

  RetryCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  int run(Backbeat backbeat) {
    targets.check(force);
    if (bulk.given() || failures.given()) {
      return runBulk(backbeat);
    }
    Iterator<RetryRequest> requests =
        targets.requests(backbeat, locations, force, surroundings().in());
    if (!requests.hasNext() && targets.all() && !Selection.everything(locations)) {
      Selection.of(backbeat, ServiceName.REPLICATION, locations);
    }
    RequestList list = new RequestList(out());
    RetryRun run =
        dryRun
            ? new RetryRun(batch -> json() ? batch.size() : list.print(batch), counts -> {})
            : new RetryRun(batch -> backbeat.failed().retry(batch).size(), this::progress);
    told = now();
    try {
      RetryCounts counts = run.run(requests);
      report(counts);
      return counts.leftOut() == 0 && counts.requested() >= targets.least()
          ? ExitStatus.OK
          : ExitStatus.NOT_ALL_WELL;
    } catch (OperationException | BackbeatException e) {
      if (!dryRun && run.counts().requested() > 0) {
        complain("stopped after " + text(run.counts()));
      }
      throw e;
    }
  }

  private int runBulk(Backbeat backbeat) {
    if (!targets.all()) {
      throw usage(
          "--bucket, --prefix, --error, --failed-from, --failed-before, --older-than, --rate and --background choose among all"
              + " failures: add --all");
    }
    return start(
        backbeat,
        new BulkRequest.Retry(
            bulk.selection(locations),
            range(failures.from, failures.before, "--failed-before", failures.olderThan),
            failures.errorClass(),
            dryRun,
            bulk.operationsPerSecond()),
        bulk.background());
  }

  private void progress(RetryCounts counts) {
    if (!now().isBefore(told.plus(PROGRESS))) {
      told = now();
      say("so far " + text(counts));
    }
  }

  private void report(RetryCounts counts) {
    if (json()) {
      out()
          .json(
              JsonNodeFactory.instance
                  .objectNode()
                  .put("requested", counts.requested())
                  .put("queued", dryRun ? 0 : counts.queued())
                  .put("dryRun", dryRun));
    } else {
      out()
          .line(
              dryRun
                  ? Texts.count(counts.requested(), "operation") + " would be queued"
                  : text(counts));
    }
  }

  private static String text(RetryCounts counts) {
    return counts.queued()
        + " of "
        + counts.requested()
        + " queued"
        + (counts.leftOut() == 0
            ? ""
            : ", "
                + counts.leftOut()
                + " left out: not recorded as failed, or being retried by somebody else");
  }
}
