package io.backbeat.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import io.backbeat.server.BackbeatServer;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class AccessLogTest extends RestTest {
  private final Logger logger = (Logger) LoggerFactory.getLogger("backbeat.access");
  private final List<String> lines = new CopyOnWriteArrayList<>();
  private final AppenderBase<ILoggingEvent> appender =
      new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
          lines.add(event.getLevel() + " " + event.getFormattedMessage());
        }
      };

  @BeforeEach
  void listen() {
    appender.start();
    logger.setLevel(Level.INFO);
    logger.setAdditive(false);
    logger.addAppender(appender);
  }

  @AfterEach
  void stopListening() {
    logger.detachAppender(appender);
    logger.setAdditive(true);
    logger.setLevel(null);
  }

  @Test
  void request_leaves_one_line_with_the_id_of_its_answer() {
    String id = get("/_/crr/status?a=b").headers().firstValue("x-amz-request-id").orElseThrow();

    await().until(() -> !lines.isEmpty());
    assertThat(lines).hasSize(1);
    assertThat(lines.get(0))
        .matches(
            "INFO method=GET target=\"/_/crr/status\\?a=b\" status=200 bytes=37 ms=\\d+"
                + " peer=127\\.0\\.0\\.1 requestId="
                + id);
  }

  @Test
  void nothing_that_a_client_sends_can_look_like_another_line() throws IOException {
    raw("GET /_/a\"\u001b[31m\u0001\\x%0d%0aINFO?é=\u007f");

    await().until(() -> !lines.isEmpty());
    assertThat(lines).hasSize(1);
    assertThat(lines.get(0))
        .contains("target=\"/_/a\\x22\\x1b[31m\\x01\\x5cx%0d%0aINFO?\\xc3\\xa9=\\x7f\" status=404");
    assertThat(AccessLog.escape("x".repeat(5000))).hasSize(2051).endsWith("...");
  }

  @Test
  void request_that_cannot_be_read_leaves_a_line_too() throws IOException {
    raw("nonsense");

    await().until(() -> !lines.isEmpty());
    assertThat(lines).hasSize(1);
    assertThat(lines.get(0)).startsWith("INFO method=- target=\"-\" status=400 bytes=");
  }

  @Test
  void log_can_be_switched_off() {
    try (BackbeatServer silent = BackbeatServer.start(backbeat, options().withAccessLog(false))) {
      assertThat(silent.uri().getPort()).isPositive();
      server.close();
      server = silent;
      get("/_/crr/status");
    }
    assertThat(lines).isEmpty();
  }
}
