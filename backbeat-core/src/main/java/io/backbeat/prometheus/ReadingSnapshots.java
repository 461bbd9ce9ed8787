package io.backbeat.prometheus;

import io.backbeat.monitoring.Meter;
import io.backbeat.monitoring.Reading;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Values that were looked up, in the form of the registry. */
final class ReadingSnapshots {
  private static final String TOTAL = "_total";

  private ReadingSnapshots() {}

  static MetricSnapshots of(List<Reading> readings) {
    Map<Meter, List<Reading>> byMeter =
        readings.stream()
            .collect(
                Collectors.groupingBy(Reading::meter, LinkedHashMap::new, Collectors.toList()));
    MetricSnapshots.Builder snapshots = MetricSnapshots.builder();
    byMeter.forEach((meter, values) -> snapshots.metricSnapshot(snapshot(meter, values)));
    return snapshots.build();
  }

  private static MetricSnapshot snapshot(Meter meter, List<Reading> values) {
    if (meter.kind() == Meter.Kind.COUNTER) {
      CounterSnapshot.Builder counter =
          CounterSnapshot.builder()
              .name(meter.name().substring(0, meter.name().length() - TOTAL.length()))
              .help(meter.help());
      values.forEach(
          value ->
              counter.dataPoint(
                  CounterSnapshot.CounterDataPointSnapshot.builder()
                      .labels(labels(value))
                      .value(value.value())
                      .build()));
      return counter.build();
    }
    GaugeSnapshot.Builder gauge = GaugeSnapshot.builder().name(meter.name()).help(meter.help());
    values.forEach(
        value ->
            gauge.dataPoint(
                GaugeSnapshot.GaugeDataPointSnapshot.builder()
                    .labels(labels(value))
                    .value(value.value())
                    .build()));
    return gauge.build();
  }

  private static Labels labels(Reading reading) {
    return Labels.of(reading.meter().labels(), reading.labels());
  }
}
