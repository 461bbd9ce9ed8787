package io.backbeat.server.http;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.backbeat.api.Amount;
import io.backbeat.api.MetricsReport;
import io.backbeat.api.ObjectProgress;
import io.backbeat.api.ServiceName;
import io.backbeat.api.Throughput;
import java.util.List;

/** The bodies of the metrics routes. Only replication counts bytes. */
final class MetricsBody {
  private MetricsBody() {}

  static ObjectNode of(MetricsReport report, List<MetricType> types) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    for (MetricType type : types) {
      ObjectNode metric = body.putObject(type.wireName());
      metric.put("description", description(report.service(), type));
      ObjectNode results = metric.putObject("results");
      switch (type) {
        case BACKLOG -> amount(results, report.service(), report.backlog());
        case COMPLETIONS -> amount(results, report.service(), report.completions());
        case FAILURES -> amount(results, report.service(), report.failures());
        case THROUGHPUT -> throughput(results, report.service(), report.throughput());
        case PENDING -> amount(results, report.service(), report.pending());
      }
    }
    return body;
  }

  static ObjectNode progress(ObjectProgress progress) {
    return JsonNodeFactory.instance
        .objectNode()
        .put(
            "description",
            "Number of bytes to be replicated (pending), number of bytes transferred to the"
                + " destination (completed), and percentage of the object that has completed"
                + " replication (progress)")
        .put("pending", progress.pending())
        .put("completed", progress.completed())
        .put("progress", Json.fixed(progress.ratio() * 100, 0) + '%');
  }

  static ObjectNode objectThroughput(double bytesPerSecond) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("description", "Current throughput for object replication in bytes/sec (throughput)")
        .put("throughput", Json.fixed(bytesPerSecond, 2));
  }

  private static void amount(ObjectNode results, ServiceName service, Amount amount) {
    results.put("count", amount.count());
    if (service == ServiceName.REPLICATION) {
      results.put("size", amount.size());
    }
  }

  private static void throughput(ObjectNode results, ServiceName service, Throughput throughput) {
    results.put("count", Json.fixed(throughput.operationsPerSecond(), 2));
    if (service == ServiceName.REPLICATION) {
      results.put("size", Json.fixed(throughput.bytesPerSecond(), 2));
    }
  }

  private static String description(ServiceName service, MetricType type) {
    boolean bytes = service == ServiceName.REPLICATION;
    String operations = (bytes ? "replication" : "ingestion") + " operations";
    return switch (type) {
      case BACKLOG ->
          "Number of incomplete replication operations (count) and number of incomplete bytes"
              + " transferred (size)";
      case COMPLETIONS ->
          "Number of completed "
              + operations
              + " (count)"
              + (bytes ? " and number of bytes transferred (size)" : "")
              + " in the last 86400 seconds";
      case FAILURES ->
          "Number of failed replication operations (count) and bytes (size) in the last 86400"
              + " seconds";
      case THROUGHPUT ->
          "Current throughput for "
              + operations
              + " in ops/sec (count)"
              + (bytes ? " and bytes/sec (size)" : "")
              + " in the last 900 seconds";
      case PENDING ->
          "Number of pending " + operations + " (count)" + (bytes ? " and bytes (size)" : "");
    };
  }
}
