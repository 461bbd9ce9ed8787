package io.backbeat.monitoring;

import java.util.Locale;

/** Prints the reference page of meters from the code. */
final class MetricsPage {
  private MetricsPage() {}

  static String print() {
    StringBuilder page = new StringBuilder();
    page.append(
        """
        # Meters

        <!-- Printed from the code by MetricsPageTest; edit the code, not this page. -->

        What `GET /_/backbeat/api/monitoring/metrics` shows, in the Prometheus text format 0.0.4. Beside these there are `jvm_*` and
        `process_*` of the process. A meter appears with its first value. Names and labels are those of the original where it has
        the meter; these read differently here:

        * A queue takes the place of a topic: `topic` is `replication/<location>`, `group` is
          `backbeat-replication-group-<location>`.
        * `fromLocation`, `fromLocationType` and `toLocationType` are empty: the engine does not read them for each job. `op` of garbage
          collection is empty as in the original.
        * `replayCount` is the number of failed attempts before, at most 20.
        * `replicationStatus` is that of the version at one location, also where the original counts the overall status.
        * Content is streamed from the source to the destination, so the time of `ReplicationSourceDataRead` is part of
          `ReplicationDestinationDataWrite`. A job without content counts as one of metadata.
        * Not there: `rdkafka_*` and `nodejs_*`, `s3_replication_status_process_duration_seconds`, and the meters of processes that do not
          exist yet (lifecycle, ingestion, notification, oplog populator).

        Nothing that is looked up when the meters are asked for grows with the number of jobs. What cannot be read within two seconds is
        left out, `s3_backbeat_readings_ok` says 0 for it, and the rest is there.

        | Meter | Type | Labels | Meaning |
        |---|---|---|---|
        """);
    for (Meter meter : EngineMeters.ALL) {
      page.append(
          "| `%s` | %s | %s | %s%s |\n"
              .formatted(
                  meter.name(),
                  meter.kind().name().toLowerCase(Locale.ROOT),
                  meter.labels().isEmpty() ? "-" : String.join(", ", meter.labels()),
                  meter.help(),
                  buckets(meter)));
    }
    return page.toString();
  }

  private static String buckets(Meter meter) {
    if (meter.buckets().isEmpty()) {
      return "";
    }
    StringBuilder text = new StringBuilder(". Buckets:");
    for (double bound : meter.buckets()) {
      text.append(' ').append(bound == Math.rint(bound) ? "%.0f".formatted(bound) : "" + bound);
    }
    return text.toString();
  }
}
