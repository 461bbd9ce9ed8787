package io.backbeat.server.cli;

import io.backbeat.api.Backbeat;
import io.backbeat.api.LocationStatus;
import io.backbeat.api.ServiceName;
import picocli.CommandLine.Command;

/** {@code backbeat pause}. */
@Command(
    name = "pause",
    description = {
      "Pauses locations: jobs are queued and not run, until they are resumed.",
      "",
      "The pause is kept when the command ends; jobs in flight are finished, and only then is PAUSED observed."
    })
final class PauseCommand extends LocationsCommand {
  PauseCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  LocationStatus change(Backbeat backbeat, ServiceName service, LocationStatus before) {
    return backbeat.locations().pause(service, before.location());
  }
}
