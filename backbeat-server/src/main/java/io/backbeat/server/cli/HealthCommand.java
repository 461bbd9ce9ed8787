package io.backbeat.server.cli;

import io.backbeat.api.Backbeat;
import io.backbeat.api.ComponentHealth;
import io.backbeat.api.DeepHealth;
import io.backbeat.api.HealthReport;
import io.backbeat.server.http.WireJson;
import io.backbeat.server.operate.HealthView;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code backbeat health}. */
@Command(
    name = "health",
    description = {
      "Shows how the parts of the system are. The exit status is 1 when one is FAILING, not when it is DEGRADED."
    })
final class HealthCommand extends OperatorCommand {
  @Option(
      names = "--deep",
      description =
          "instead, send a message through every partition of the job queues; takes seconds on a"
              + " system in trouble, and the status is 1 when one does not come back")
  private boolean deep;

  HealthCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  int run(Backbeat backbeat) {
    return deep ? deep(backbeat.deepHealth()) : parts(backbeat.health());
  }

  private int parts(HealthReport report) {
    if (json()) {
      out().json(WireJson.health(report));
    } else {
      HealthView.print(report, out());
    }
    return report.overall() == ComponentHealth.State.FAILING
        ? ExitStatus.NOT_ALL_WELL
        : ExitStatus.OK;
  }

  private int deep(DeepHealth health) {
    if (json()) {
      out().json(WireJson.deepHealth(health));
    } else {
      HealthView.print(health, out());
    }
    return health.ok() ? ExitStatus.OK : ExitStatus.NOT_ALL_WELL;
  }
}
