package io.backbeat.server.cli;

import io.backbeat.api.Backbeat;
import io.backbeat.api.LocationStatus;
import io.backbeat.server.http.WireJson;
import io.backbeat.server.operate.StatusView;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code backbeat status}. */
@Command(
    name = "status",
    description = "Shows what is wanted of locations, what they do, and when a pause ends.")
final class StatusCommand extends OperatorCommand {
  @Mixin private TargetOptions targets = new TargetOptions();

  StatusCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  int run(Backbeat backbeat) {
    show(targets.select(backbeat));
    return ExitStatus.OK;
  }

  private void show(List<LocationStatus> statuses) {
    if (json()) {
      out().json(WireJson.locations(statuses));
    } else {
      StatusView.print(statuses, now(), out());
    }
  }
}
