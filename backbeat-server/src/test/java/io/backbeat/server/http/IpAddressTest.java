package io.backbeat.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IpAddressTest {
  @ParameterizedTest
  @CsvSource({
    "10.0.0.1, 10.0.0.1",
    "255.255.255.255, 255.255.255.255",
    "::, ::",
    "::1, ::1",
    "0:0:0:0:0:0:0:1, ::1",
    "2001:DB8::1, 2001:db8::1",
    "2001:0db8:0:0:1:0:0:1, 2001:db8::1:0:0:1",
    "1:0:0:2:0:0:0:3, 1:0:0:2::3",
    "1:2:3:4:5:6:7:8, 1:2:3:4:5:6:7:8",
    "1:0:3:4:5:6:7:8, 1:0:3:4:5:6:7:8",
    "fe80::1%eth0, fe80::1",
    "64:ff9b::1.2.3.4, 64:ff9b::102:304",
    "1::, 1::",
  })
  void literal_has_one_canonical_text(String literal, String canonical) {
    assertThat(IpAddress.parse(literal).orElseThrow().canonical()).isEqualTo(canonical);
  }

  @ParameterizedTest
  @ValueSource(strings = {"::ffff:10.0.0.1", "::ffff:a00:1", "::FFFF:a00:1"})
  void mapped_address_is_the_ipv4_address(String literal) {
    assertThat(IpAddress.parse(literal).orElseThrow().unmapped().canonical()).isEqualTo("10.0.0.1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "garbage",
        "localhost",
        "10.1",
        "10.0.0.256",
        "10.0.0.01",
        "10.0.0.1.1",
        "1.2.3.",
        ":",
        ":::",
        "1::2::3",
        "1:2:3:4:5:6:7",
        "1:2:3:4:5:6:7:8:9",
        "1:2:3:4:5:6:7::8",
        "12345::",
        "g::",
        "::1.2.3",
        "260.384.2.1",
        "10.0.0.99999999999999"
      })
  void anything_else_is_no_address(String text) {
    assertThat(IpAddress.parse(text)).isEmpty();
  }
}
