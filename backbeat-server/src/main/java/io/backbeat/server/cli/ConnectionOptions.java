package io.backbeat.server.cli;

import io.backbeat.client.BackbeatClient;
import io.backbeat.client.RetryOptions;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where the server is, and how long to wait for it. */
final class ConnectionOptions {
  static final String URL_VARIABLE = "BACKBEAT_URL";

  private static final String DEFAULT_URL = "http://127.0.0.1:8900";
  private static final Duration LONGEST_CONNECT = Duration.ofSeconds(5);

  @Option(
      names = "--url",
      paramLabel = "URL",
      description = "where the server is; default: $" + URL_VARIABLE + ", or else " + DEFAULT_URL)
  private @Nullable String url;

  @Option(
      names = "--timeout",
      paramLabel = "TIME",
      defaultValue = "30s",
      converter = DurationConverter.class,
      description = "how long an answer may take, such as 500ms or 2m; default: 30s")
  private Duration timeout = Duration.ofSeconds(30);

  /** As the user gave it, for messages. */
  String url(Map<String, String> environment) {
    String variable = environment.getOrDefault(URL_VARIABLE, "");
    return url != null ? url : variable.isEmpty() ? DEFAULT_URL : variable;
  }

  /**
   * A client that repeats a call that was not answered soon enough to help a person who waits.
   *
   * @throws IllegalArgumentException if the address or the time is none
   */
  BackbeatClient client(Map<String, String> environment) {
    if (timeout.isZero()) {
      throw new IllegalArgumentException("--timeout must be at least 1ms");
    }
    String given = url(environment);
    try {
      return BackbeatClient.builder(URI.create(given))
          .connectTimeout(timeout.compareTo(LONGEST_CONNECT) < 0 ? timeout : LONGEST_CONNECT)
          .requestTimeout(timeout)
          .retries(new RetryOptions(3, Duration.ofMillis(100), Duration.ofSeconds(2), timeout))
          .userAgent("backbeat-cli")
          .build();
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          (url != null ? "--url" : URL_VARIABLE) + ": " + e.getMessage(), e);
    }
  }
}
