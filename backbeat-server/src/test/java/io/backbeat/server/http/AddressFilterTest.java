package io.backbeat.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A listener that admits nobody, not even loopback clients. */
class AddressFilterTest {
  private HttpListener listener;

  @BeforeEach
  void start() {
    listener =
        HttpListener.open(
            new BackbeatFeature(new FakeBackbeat()),
            new ListenerOptions("127.0.0.1", 0, List.of(), 2, false, HttpLimits.DEFAULT),
            AllowList.of(List.of()));
  }

  @AfterEach
  void stop() {
    listener.close();
  }

  @Test
  void refusal_wins_over_route_verb_and_prefix() throws IOException {
    for (String path : List.of("_/healthcheck", "_/nothing", "elsewhere", "_/%25zz")) {
      assertThat(answer("GET", path))
          .isEqualTo(
              "403 {\"code\":403,\"description\":\"invalid origin ip request\","
                  + "\"AccessDenied\":true}");
    }
    assertThat(answer("PUT", "_/healthcheck")).startsWith("403 ");
    assertThat(answer("TRACE", "_/healthcheck")).startsWith("403 ");
  }

  private String answer(String method, String path) throws IOException {
    URL url = listener.uri().resolve(path).toURL();
    HttpURLConnection connection = (HttpURLConnection) url.openConnection(Proxy.NO_PROXY);
    connection.setRequestMethod(method);
    return connection.getResponseCode()
        + " "
        + new String(connection.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
  }
}
