package io.backbeat.server.cli;

import io.backbeat.api.Backbeat;
import io.backbeat.api.LocationStatus;
import io.backbeat.api.ServiceName;
import io.backbeat.api.TargetState;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code backbeat schedule}. */
@Command(
    name = "schedule",
    description = {
      "Schedules the end of a pause, in place of what was scheduled before.",
      "",
      "A location that runs has no pause to be ended: nothing is scheduled, and the exit status is 1."
    })
final class ScheduleCommand extends LocationsCommand {
  @ArgGroup(exclusive = true, multiplicity = "1")
  private When when = new When();

  ScheduleCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  LocationStatus change(Backbeat backbeat, ServiceName service, LocationStatus before) {
    Instant at = when.at != null ? when.at : when.in != null ? now().plus(when.in) : null;
    return at == null
        ? backbeat.locations().cancelResume(service, before.location())
        : backbeat.locations().resumeAt(service, before.location(), at);
  }

  @Override
  boolean done(LocationStatus before, LocationStatus after) {
    if (when.cancel || before.target() == TargetState.PAUSED) {
      return true;
    }
    complain(before.location() + " is not paused, so nothing was scheduled");
    return false;
  }

  /** One of them. */
  private static final class When {
    @Option(
        names = "--in",
        paramLabel = "TIME",
        converter = DurationConverter.class,
        description = "so long from now, such as 3h or 1h30m")
    private @Nullable Duration in;

    @Option(
        names = "--at",
        paramLabel = "INSTANT",
        converter = InstantConverter.class,
        description = "then, such as 2030-01-01T06:00:00Z; one that has passed resumes now")
    private @Nullable Instant at;

    @Option(names = "--cancel", description = "never: forget the schedule, stay paused")
    private boolean cancel;
  }
}
