package io.backbeat.server.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.backbeat.api.ApiPaths;
import io.backbeat.api.Backbeat;
import io.backbeat.api.MetricsReport;
import io.backbeat.api.ServiceName;
import io.backbeat.server.http.WireJson;
import io.backbeat.server.operate.MetricsView;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code backbeat metrics}. */
@Command(
    name = "metrics",
    description = {
      "Shows the numbers of locations: operations and bytes that wait (backlog), that were done in the last 24"
          + " hours, operations recorded as failed, and the pace of the last 15 minutes.",
      "",
      "The row \"all\" is what the server adds up. lifecycle has no numbers."
    })
final class MetricsCommand extends OperatorCommand {
  @Mixin private TargetOptions targets = new TargetOptions();

  @Option(names = "--bytes", description = "sizes in bytes, not in kB, MB, ...")
  private boolean bytes;

  MetricsCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  int run(Backbeat backbeat) {
    ServiceName service = targets.service();
    if (service == ServiceName.LIFECYCLE) {
      throw usage("lifecycle has no numbers; crr and ingestion have");
    }
    Map<String, MetricsReport> reports = reports(backbeat, service);
    if (json()) {
      ObjectNode document = JsonNodeFactory.instance.objectNode();
      reports.forEach((name, report) -> document.set(name, WireJson.metrics(report)));
      out().json(document);
    } else {
      MetricsView.print(service, reports, quantities(bytes), out());
    }
    return ExitStatus.OK;
  }

  private Map<String, MetricsReport> reports(Backbeat backbeat, ServiceName service) {
    Map<String, MetricsReport> reports = new LinkedHashMap<>();
    targets
        .select(backbeat)
        .forEach(
            status ->
                reports.put(
                    status.location().value(),
                    backbeat.metrics().report(service, status.location())));
    if (Selection.everything(targets.locations())) {
      reports.put(ApiPaths.ALL, backbeat.metrics().reportAll(service));
    }
    return reports;
  }
}
