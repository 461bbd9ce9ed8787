package io.backbeat.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScheduleBodyTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{}",
        "[]",
        "5",
        "\"str\"",
        "true",
        "{\"hours\":0}",
        "{\"hours\":\"\"}",
        "{\"hours\":null}",
        "{\"hours\":false}",
        "{\"other\":1}"
      })
  void nothing_means_six_hours(String body) {
    assertThat(hours(body)).isEqualTo(6);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"hours\":1}|1",
        "{\"hours\":1.9}|1",
        "{\"hours\":\"3\"}|3",
        "{\"hours\":\" 4 \"}|4",
        "{\"hours\":[5]}|5",
        "{\"hours\":876000}|876000",
      })
  void number_or_its_text_is_taken_without_fraction(String body, int expected) {
    assertThat(hours(body)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"hours\":\"0\"}",
        "{\"hours\":-1}",
        "{\"hours\":0.5}",
        "{\"hours\":\"abc\"}",
        "{\"hours\":\"3h\"}",
        "{\"hours\":\"0x10\"}",
        "{\"hours\":{}}",
        "{\"hours\":[]}",
        "{\"hours\":true}",
        "{\"hours\":1e30}",
        "{\"hours\":876001}",
        "{\"hours\":9007199254740993}"
      })
  void other_values_are_refused_with_what_would_be_right(String body) {
    assertThatThrownBy(() -> hours(body))
        .isInstanceOf(RequestError.class)
        .hasMessage(
            "The body of your POST request is not well-formed: hours must be an integer greater"
                + " than 0");
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "{", " ", "{} {}"})
  void body_that_is_no_value_is_refused(String body) {
    assertThatThrownBy(() -> hours(body))
        .isInstanceOf(RequestError.class)
        .hasMessage("The body of your POST request is not well-formed");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"at\":\"2030-01-31T12:00:00Z\"}|2030-01-31T12:00:00Z",
        "{\"at\":\"2030-01-31T12:00:00.123Z\",\"hours\":\"abc\"}|2030-01-31T12:00:00.123Z",
        "{\"at\":\"2030-01-31T13:00:00+01:00\"}|2030-01-31T12:00:00Z",
        "{\"at\":\"9999-12-31T23:59:59.999Z\"}|9999-12-31T23:59:59.999Z",
        "{\"at\":\"-1000000000-01-01T00:00:00Z\"}|1970-01-01T00:00:00Z",
        "{\"at\":null,\"hours\":2}|1970-01-01T02:00:00Z",
      })
  void instant_wins_over_hours(String body, Instant expected) {
    assertThat(at(body)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"at\":\"\"}",
        "{\"at\":\"tomorrow\"}",
        "{\"at\":\"2030-01-31\"}",
        "{\"at\":\"2030-02-30T00:00:00Z\"}",
        "{\"at\":\"+10000-01-01T00:00:00Z\"}",
        "{\"at\":1900000000000}",
        "{\"at\":true,\"hours\":1}",
        "{\"at\":[\"2030-01-31T12:00:00Z\"]}",
      })
  void other_instants_are_refused_with_what_would_be_right(String body) {
    assertThatThrownBy(() -> at(body))
        .isInstanceOf(RequestError.class)
        .hasMessage(
            "The body of your POST request is not well-formed: at must be an instant such as"
                + " 2030-01-31T12:00:00Z");
  }

  private static long hours(String body) {
    return Duration.between(Instant.EPOCH, at(body)).toHours();
  }

  private static Instant at(String body) {
    return ScheduleBody.resumeAt(body.getBytes(StandardCharsets.UTF_8), Instant.EPOCH);
  }
}
