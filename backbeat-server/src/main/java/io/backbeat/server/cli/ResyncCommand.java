package io.backbeat.server.cli;

import io.backbeat.api.Backbeat;
import io.backbeat.api.BulkRequest;
import io.backbeat.api.LocationName;
import io.backbeat.api.SiteStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code backbeat resync}. */
@Command(
    name = "resync",
    description = {
      "Goes through the objects of the server and queues a job for each version that is PENDING at a location and"
          + " has no job there; with --status, also what FAILED, or is to be copied again.",
      "",
      "The server does it in the background, whether or not somebody waits; Ctrl-C ends the waiting only."
          + " --dry-run counts and queues nothing."
    })
final class ResyncCommand extends BulkCommand {
  @Option(
      names = "--location",
      paramLabel = "LOCATION",
      converter = LocationNameConverter.class,
      description = "only there; repeatable; default: everywhere")
  private List<LocationName> locations = new ArrayList<>();

  @Mixin private BulkOptions options = new BulkOptions();

  @Option(
      names = "--status",
      paramLabel = "STATUS",
      split = ",",
      description =
          "what counts: PENDING (the default), FAILED, COMPLETED (except versions of a transient source, whose"
              + " data may be deleted already); repeatable")
  private List<SiteStatus> statuses = new ArrayList<>();

  @Option(
      names = "--modified-from",
      paramLabel = "INSTANT",
      converter = InstantConverter.class,
      description = "only versions written then or later")
  private @Nullable Instant from;

  @Option(
      names = "--modified-before",
      paramLabel = "INSTANT",
      converter = InstantConverter.class,
      description = "only versions written before")
  private @Nullable Instant before;

  @Option(
      names = "--older-than",
      paramLabel = "TIME",
      converter = DurationConverter.class,
      description = "only versions written longer ago than that, such as 90s, 1h30m, 2d")
  private @Nullable Duration olderThan;

  @Option(names = "--dry-run", description = "queue nothing, count what would be queued")
  private boolean dryRun;

  ResyncCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  int run(Backbeat backbeat) {
    if (statuses.contains(SiteStatus.REPLICA)) {
      throw usage("--status must be PENDING, FAILED or COMPLETED");
    }
    Set<SiteStatus> wanted =
        statuses.isEmpty() ? Set.of(SiteStatus.PENDING) : EnumSet.copyOf(statuses);
    return start(
        backbeat,
        new BulkRequest.Resync(
            options.selection(locations),
            range(from, before, "--modified-before", olderThan),
            wanted,
            dryRun,
            options.operationsPerSecond()),
        options.background());
  }
}
