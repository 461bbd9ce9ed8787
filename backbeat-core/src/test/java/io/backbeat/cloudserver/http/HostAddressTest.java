package io.backbeat.cloudserver.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostAddressTest {
  @Test
  void a_server_without_a_port_is_on_80() {
    assertThat(HostAddress.parse("s3.example")).isEqualTo(new HostAddress("s3.example", 80));
    assertThat(HostAddress.parse("s3.example:8000")).hasToString("s3.example:8000");
    assertThat(HostAddress.parse("[::1]")).isEqualTo(new HostAddress("::1", 80));
    assertThat(HostAddress.parse("[::1]:81")).hasToString("[::1]:81");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", ":80", "h:", "h:0", "h:65536", "h:x", "::1", "http://h", "a b", "h/p"})
  void anything_else_is_refused(String text) {
    assertThatThrownBy(() -> HostAddress.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }
}
