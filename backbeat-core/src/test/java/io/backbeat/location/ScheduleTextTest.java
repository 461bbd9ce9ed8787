package io.backbeat.location;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScheduleTextTest {
  @Test
  void instant_is_written_as_javascript_does() {
    assertThat(ScheduleText.write(Instant.parse("2030-01-01T00:00:00Z")))
        .isEqualTo("2030-01-01T00:00:00.000Z");
    assertThat(ScheduleText.write(Instant.parse("2026-11-22T16:11:22.544999Z")))
        .isEqualTo("2026-11-22T16:11:22.544Z");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "2026-11-22T12:11:46.000Z|2026-11-22T12:11:46Z",
        "2026-11-22T12:11:46.123456Z|2026-11-22T12:11:46.123456Z",
        "2026-11-22T13:11:46+01:00|2026-11-22T12:11:46Z",
        "2026-11-22T12:11:46|2026-11-22T12:11:46Z",
        "2026-11-22|2026-11-22T00:00:00Z",
        "Sun Nov 22 2026 13:11:46 GMT+0100 (Central European Standard Time)|2026-11-22T12:11:46Z",
        "Sun Nov 22 2026 12:11:46 GMT+0000 (Coordinated Universal Time)|2026-11-22T12:11:46Z",
        "Sun Nov 22 2026 07:11:46 GMT-0500|2026-11-22T12:11:46Z",
        "Sun Nov 22 2026 12:11:46|2026-11-22T12:11:46Z",
        "Sun, 22 Nov 2026 12:11:46 GMT|2026-11-22T12:11:46Z",
        "1795349506000|2026-11-22T12:11:46Z",
      })
  void every_form_that_a_date_of_javascript_prints_itself_in_is_read(String text, Instant when) {
    assertThat(ScheduleText.read(text)).contains(when);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "Invalid Date", "null", "none", "tomorrow", "5", "2026-13-01T00:00:00Z"})
  void anything_else_is_no_instant(String text) {
    assertThat(ScheduleText.read(text)).isEmpty();
  }
}
