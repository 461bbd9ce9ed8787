package io.backbeat.server.serve;

import static org.assertj.core.api.Assertions.assertThat;

import io.backbeat.server.config.LogLevel;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class LogSettingsTest {
  @Test
  void the_log_level_governs_the_access_log_until_it_is_restored() {
    org.slf4j.Logger access = LoggerFactory.getLogger("backbeat.access");
    boolean before = access.isInfoEnabled();

    LogSettings info = LogSettings.apply(LogLevel.INFO);
    assertThat(access.isInfoEnabled()).isTrue();
    LogSettings warn = LogSettings.apply(LogLevel.WARN);
    assertThat(access.isInfoEnabled()).isFalse();

    warn.restore();
    info.restore();
    assertThat(access.isInfoEnabled()).isEqualTo(before);
  }
}
