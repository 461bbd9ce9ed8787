package io.backbeat.client;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * How a client works; what each means is told by {@link BackbeatClient.Builder}.
 *
 * @param requestTimeout for a whole attempt, at least 1 ms
 * @param retries see there
 * @param userAgent not empty
 * @param signer empty for none
 * @param requestIds where ids come from
 * @param maxAnswerBytes at least 1
 */
record ClientOptions(
    Duration requestTimeout,
    RetryOptions retries,
    String userAgent,
    Optional<RequestSigner> signer,
    Supplier<String> requestIds,
    long maxAnswerBytes) {
  static final ClientOptions DEFAULT =
      new ClientOptions(
          Duration.ofSeconds(30),
          RetryOptions.DEFAULT,
          "backbeat-client/"
              + version(BackbeatClient.class.getPackage().getImplementationVersion()),
          Optional.empty(),
          RequestIds::next,
          16L * 1024 * 1024);

  ClientOptions {
    checkPositive(requestTimeout, "requestTimeout");
    Objects.requireNonNull(retries, "retries");
    if (userAgent.isBlank()) {
      throw new IllegalArgumentException("userAgent must not be empty");
    }
    Objects.requireNonNull(signer, "signer");
    Objects.requireNonNull(requestIds, "requestIds");
    if (maxAnswerBytes < 1) {
      throw new IllegalArgumentException("maxAnswerBytes must be >= 1, was " + maxAnswerBytes);
    }
  }

  static void checkPositive(Duration value, String name) {
    if (value.compareTo(Duration.ofMillis(1)) < 0) {
      throw new IllegalArgumentException(name + " must be at least 1 ms, was " + value);
    }
  }

  ClientOptions withRequestTimeout(Duration time) {
    return new ClientOptions(time, retries, userAgent, signer, requestIds, maxAnswerBytes);
  }

  ClientOptions withRetries(RetryOptions other) {
    return new ClientOptions(requestTimeout, other, userAgent, signer, requestIds, maxAnswerBytes);
  }

  ClientOptions withUserAgent(String name) {
    return new ClientOptions(requestTimeout, retries, name, signer, requestIds, maxAnswerBytes);
  }

  ClientOptions withSigner(RequestSigner other) {
    return new ClientOptions(
        requestTimeout, retries, userAgent, Optional.of(other), requestIds, maxAnswerBytes);
  }

  ClientOptions withRequestIds(Supplier<String> ids) {
    return new ClientOptions(requestTimeout, retries, userAgent, signer, ids, maxAnswerBytes);
  }

  ClientOptions withMaxAnswerBytes(long bytes) {
    return new ClientOptions(requestTimeout, retries, userAgent, signer, requestIds, bytes);
  }

  private static String version(@Nullable String implementation) {
    return implementation == null ? "dev" : implementation;
  }
}
