package io.backbeat.server.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.backbeat.api.Backbeat;
import io.backbeat.api.LagReport;
import io.backbeat.api.ServiceName;
import io.backbeat.server.http.WireJson;
import io.backbeat.server.operate.LagView;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code backbeat lag}. */
@Command(
    name = "lag",
    description = {
      "Shows how far destinations of replication are behind: what is pending and since when, how long versions"
          + " took from the client's write to COMPLETED in the last 15 minutes (p50, p95, p99), what came in and"
          + " what was completed per second in the last 5 minutes, and when all will be replicated.",
      "",
      "States: CAUGHT_UP, KEEPING_UP (seconds behind), CATCHING_UP, FALLING_BEHIND (at least as much comes in as"
          + " is completed), STANDING_STILL (nothing was completed), PAUSED, DESTINATION_DOWN."
    })
final class LagCommand extends OperatorCommand {
  @Mixin private TargetOptions targets = new TargetOptions();

  @Option(names = "--ages", description = "what is pending by its age, in place of the rest")
  private boolean ages;

  @Option(names = "--bytes", description = "sizes in bytes, not in kB, MB, ...")
  private boolean bytes;

  LagCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  int run(Backbeat backbeat) {
    ServiceName service = targets.service();
    if (service != ServiceName.REPLICATION) {
      throw usage("only crr has a lag, " + service.wireName() + " has none");
    }
    List<LagReport> reports = reports(backbeat, service);
    if (json()) {
      ObjectNode document = JsonNodeFactory.instance.objectNode();
      reports.forEach(report -> document.set(report.location().value(), WireJson.lag(report)));
      out().json(document);
    } else if (ages) {
      LagView.printAges(reports, out());
    } else {
      LagView.print(reports, quantities(bytes), out());
    }
    return ExitStatus.OK;
  }

  private List<LagReport> reports(Backbeat backbeat, ServiceName service) {
    return Selection.everything(targets.locations())
        ? backbeat.metrics().lagAll(service)
        : targets.select(backbeat).stream()
            .map(status -> backbeat.metrics().lag(service, status.location()))
            .toList();
  }
}
