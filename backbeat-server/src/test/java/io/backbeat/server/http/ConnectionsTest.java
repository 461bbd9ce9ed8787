package io.backbeat.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConnectionsTest {
  private static final long MEBIBYTE = 1024 * 1024;

  @ParameterizedTest
  @CsvSource({"1, 64", "32, 64", "33, 66", "100, 200", "1024, 2048"})
  void two_of_the_largest_bodies_fit_at_once(long limitMebibytes, long togetherMebibytes) {
    assertThat(Connections.mostBufferedBytes(limitMebibytes * MEBIBYTE))
        .isEqualTo(togetherMebibytes * MEBIBYTE);
  }
}
