package io.backbeat.client;

import com.fasterxml.jackson.databind.JsonNode;
import io.backbeat.api.Amount;
import io.backbeat.api.MetricsReport;
import io.backbeat.api.ObjectProgress;
import io.backbeat.api.ServiceName;
import io.backbeat.api.Throughput;

/** Reads the bodies of the metrics routes. */
final class MetricsAnswer {
  private MetricsAnswer() {}

  /** What a service does not count is 0; its backlog is then what is pending. */
  static MetricsReport report(ServiceName service, JsonNode body) {
    Amount pending = amount(body, "pending");
    return new MetricsReport(
        service,
        body.has("backlog") ? amount(body, "backlog") : pending.notNegative(),
        amount(body, "completions"),
        body.has("failures") ? amount(body, "failures") : Amount.ZERO,
        throughput(results(body, "throughput")),
        pending);
  }

  static ObjectProgress progress(JsonNode body) {
    return new ObjectProgress(Json.integer(body, "pending"), Json.integer(body, "completed"));
  }

  static double bytesPerSecond(JsonNode body) {
    return Json.decimal(body, "throughput").doubleValue();
  }

  private static Throughput throughput(JsonNode results) {
    return new Throughput(
        Json.decimal(results, "count").doubleValue(),
        results.has("size") ? Json.decimal(results, "size").doubleValue() : 0);
  }

  private static Amount amount(JsonNode body, String metric) {
    JsonNode results = results(body, metric);
    return new Amount(
        Json.integer(results, "count"), results.has("size") ? Json.integer(results, "size") : 0);
  }

  private static JsonNode results(JsonNode body, String metric) {
    return Json.child(Json.child(body, metric), "results");
  }
}
