package io.backbeat.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestTargetTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      quoteCharacter = '~',
      value = {
        "/_/crr/status /_/crr/status",
        "/_\\crr\\status /_/crr/status",
        "/_/a#b?c /_/a",
        "/_/%zz%4a% /_/%25zz%4a%25",
        "/_/{a}|^`\"<>[] /_/%7Ba%7D%7C%5E%60%22%3C%3E%5B%5D",
        "/_/Ã© /_/%C3%A9",
        "/_//a// /_//a//",
      })
  void path_becomes_a_valid_uri(String raw, String expected) {
    assertThat(RequestTarget.path(raw)).isEqualTo(expected);
    assertThat(URI.create("http://h" + expected).getRawPath()).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({"a=%zz&b=%41, a=%25zz&b=%41", "a=b#c, a=b", "a=\\, a=%5C"})
  void query_becomes_a_valid_uri(String raw, String expected) {
    assertThat(RequestTarget.query(raw)).isEqualTo(expected);
  }
}
