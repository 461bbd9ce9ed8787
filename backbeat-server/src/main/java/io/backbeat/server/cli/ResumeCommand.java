package io.backbeat.server.cli;

import io.backbeat.api.Backbeat;
import io.backbeat.api.LocationStatus;
import io.backbeat.api.ServiceName;
import picocli.CommandLine.Command;

/** {@code backbeat resume}. */
@Command(
    name = "resume",
    description =
        "Resumes locations now, and forgets what was scheduled. Later: backbeat schedule.")
final class ResumeCommand extends LocationsCommand {
  ResumeCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  LocationStatus change(Backbeat backbeat, ServiceName service, LocationStatus before) {
    return backbeat.locations().resume(service, before.location());
  }
}
