package io.backbeat.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SizeRangeTest {
  @ParameterizedTest
  @CsvSource({
    "0, <10KB",
    "9999, <10KB",
    "10000, 10KB..30KB",
    "30000, 30KB..100KB",
    "999999, 300KB..1MB",
    "1000000, 1MB..3MB",
    "299999999999, 100GB..300GB",
    "999999999999, 300GB..1TB",
    "1000000000000, >1TB",
    "9223372036854775807, >1TB"
  })
  void length_falls_into_the_range_that_begins_with_it(long bytes, String range) {
    assertThat(SizeRange.of(bytes)).isEqualTo(range);
  }
}
