package io.backbeat.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonTest {
  @ParameterizedTest
  @CsvSource({
    "0, 2, 0.00",
    "0.055555555555555552, 2, 0.06",
    "1.005, 2, 1.00",
    "0.125, 2, 0.13",
    "2.275, 2, 2.27",
    "1e21, 2, 1000000000000000000000.00",
    "0.5, 0, 1",
    "1.5, 0, 2",
    "400, 0, 400",
  })
  void number_is_rounded_from_its_exact_binary_value(double value, int decimals, String text) {
    assertThat(Json.fixed(value, decimals)).isEqualTo(text);
  }
}
