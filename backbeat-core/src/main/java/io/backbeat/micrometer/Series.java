package io.backbeat.micrometer;

import io.backbeat.monitoring.Meter;
import io.backbeat.monitoring.Reading;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import java.util.List;

/** One meter with values for its labels. */
record Series(Meter meter, List<String> labels) {
  Series {
    labels = List.copyOf(labels);
  }

  static Series of(Meter meter, String... labels) {
    meter.requireLabels(labels);
    return new Series(meter, List.of(labels));
  }

  static Series of(Reading reading) {
    return new Series(reading.meter(), reading.labels());
  }

  Tags tags() {
    Tags tags = Tags.empty();
    for (int i = 0; i < labels.size(); i++) {
      tags = tags.and(Tag.of(meter.labels().get(i), labels.get(i)));
    }
    return tags;
  }
}
