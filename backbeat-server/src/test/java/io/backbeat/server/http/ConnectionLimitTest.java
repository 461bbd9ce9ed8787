package io.backbeat.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.backbeat.server.ServerOptions;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConnectionLimitTest extends RestTest {
  private static final int MOST = 20;

  @Override
  ServerOptions options() {
    return super.options().withLimits(HttpLimits.DEFAULT.withMaxConnections(MOST));
  }

  @Test
  void one_connection_too_many_is_told_so() throws IOException {
    List<Wire> open = new ArrayList<>();
    for (int i = 0; i < MOST; i++) {
      open.add(new Wire(server.uri().getPort()));
    }
    await().until(() -> server.connections() == MOST);
    try (Wire wire = new Wire(server.uri().getPort())) {
      assertThat(wire.answer()).startsWith("HTTP/1.1 503 ").contains("ServiceUnavailable");
    }
    for (Wire wire : open) {
      wire.close();
    }
    await().until(() -> server.connections() == 0);
    assertThat(get("/_/crr/status").statusCode()).isEqualTo(200);
  }
}
