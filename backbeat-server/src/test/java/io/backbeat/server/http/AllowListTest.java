package io.backbeat.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AllowListTest {
  @ParameterizedTest
  @CsvSource({
    "127.0.0.1/8, 127.5.6.7",
    "127.0.0.1/8, ::ffff:127.0.0.1",
    "127.0.0.1, 127.9.9.9",
    "127.0.0.1, 127.0.0.2",
    "::1, ::1",
    "::1, 0:0:0:0:0:0:0:1",
    "10.0.0.0/8, ::ffff:10.1.2.3",
    "10.1.1.1, 10.1.1.1",
    "0.0.0.0/0, 127.0.0.1",
    "::/0, ::1",
    "fe80::/10, fe80::1%eth0",
    "192.168.100.14/24, 192.168.100.1",
    "192.168.1.1, ::ffff:c0a8:101",
  })
  void entry_admits_the_client(String entry, String client) {
    assertThat(AllowList.of(List.of(entry)).allows(client)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "10.1.1.1, 10.1.1.2",
    "0.0.0.0/0, ::1",
    "::/0, 127.0.0.1",
    "::/0, ::ffff:1.2.3.4",
    "::ffff:10.0.0.0/104, 10.0.0.1",
    "::ffff:10.0.0.1, 10.0.0.1",
    "0:0:0:0:0:0:0:1, ::1",
    "2001:DB8::1, 2001:db8::1",
    "10.0.0.1/33, 10.0.0.1",
    "10.0.0.0/255.0.0.0, 10.0.0.1",
    "10.0.0.0/, 10.0.0.1",
    "10.0.0.0/-1, 10.0.0.1",
    "10.1, 10.0.0.1",
    "127.1, 127.0.0.1",
    "192.168.1.1, 192.168.1.3",
    "192.168.1.0/24, 192.168.2.1",
    "0.0.0.0/0, 260.384.2.1",
    "0.0.0.0/0, INVALID",
    "0.0.0.0/0, ''",
  })
  void entry_does_not_admit_the_client(String entry, String client) {
    assertThat(AllowList.of(List.of(entry)).allows(client)).isFalse();
  }

  @Test
  void bad_entry_is_skipped() {
    assertThat(AllowList.of(List.of("garbage", "10.0.0.1/32")).allows("10.0.0.1")).isTrue();
  }

  @Test
  void empty_list_admits_nobody_but_loopback_when_asked() {
    assertThat(AllowList.of(List.of()).allows("127.0.0.1")).isFalse();
    assertThat(AllowList.withLoopback(List.of()).allows("127.0.0.1")).isTrue();
    assertThat(AllowList.withLoopback(List.of()).allows("::1")).isTrue();
    assertThat(AllowList.withLoopback(List.of()).allows("10.0.0.1")).isFalse();
  }
}
