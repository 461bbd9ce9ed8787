package io.backbeat.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.backbeat.api.ServiceName;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class DatesTest {
  private static final Instant WHEN = Instant.parse("2030-01-01T00:00:00Z");

  @Test
  void replication_and_ingestion_write_iso_with_milliseconds() {
    assertThat(Dates.resume(ServiceName.REPLICATION, WHEN)).isEqualTo("2030-01-01T00:00:00.000Z");
    assertThat(Dates.resume(ServiceName.INGESTION, WHEN.plusNanos(1_999_999)))
        .isEqualTo("2030-01-01T00:00:00.001Z");
  }

  @Test
  void lifecycle_writes_the_long_date_text() {
    assertThat(Dates.resume(ServiceName.LIFECYCLE, WHEN))
        .isEqualTo("Tue Jan 01 2030 00:00:00 GMT+0000 (Coordinated Universal Time)");
  }
}
