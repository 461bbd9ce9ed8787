package io.backbeat.server.cli;

import io.backbeat.api.Backbeat;
import io.backbeat.api.LocationStatus;
import io.backbeat.api.ServiceName;
import io.backbeat.server.http.WireJson;
import io.backbeat.server.operate.StatusView;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Mixin;

/** Changes locations that were named, one after the other, and shows what became of them. */
abstract class LocationsCommand extends OperatorCommand {
  @Mixin private TargetOptions targets = new TargetOptions();

  LocationsCommand(Surroundings surroundings) {
    super(surroundings);
  }

  /** Changes one. */
  abstract LocationStatus change(Backbeat backbeat, ServiceName service, LocationStatus before);

  /** Whether a location is now as it was asked for. */
  boolean done(LocationStatus before, LocationStatus after) {
    return true;
  }

  /** Nothing is changed unless the server has all of the locations. */
  @Override
  final int run(Backbeat backbeat) {
    if (targets.locations().isEmpty()) {
      throw usage("name the locations, or all of them with \"all\"");
    }
    List<LocationStatus> after = new ArrayList<>();
    boolean done = true;
    try {
      for (LocationStatus before : targets.select(backbeat)) {
        LocationStatus changed = change(backbeat, targets.service(), before);
        after.add(changed);
        done &= done(before, changed);
      }
    } finally {
      show(after);
    }
    return done ? ExitStatus.OK : ExitStatus.NOT_ALL_WELL;
  }

  /** What was changed before an error is shown, too. */
  private void show(List<LocationStatus> statuses) {
    if (json()) {
      out().json(WireJson.locations(statuses));
    } else if (!statuses.isEmpty()) {
      StatusView.print(statuses, now(), out());
    }
  }
}
