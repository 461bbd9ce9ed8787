package io.backbeat.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.function.Function;

/**
 * What is to be asked and how the answer is read.
 *
 * @param method the HTTP method
 * @param route what is asked
 * @param body the body, JSON; empty for none
 * @param repeatable whether asking again after an attempt of unknown outcome is as good as asking
 *     once
 * @param patience how long an answer may take at least, whatever the time-out is
 * @param reader makes the result of the body of a successful answer
 */
@SuppressWarnings("ArrayRecordComponent") // calls are never compared
record Call<T>(
    String method,
    Route route,
    byte[] body,
    boolean repeatable,
    Duration patience,
    Function<byte[], T> reader) {
  private static final byte[] NO_BODY = {};

  static <T> Call<T> get(Route route, Function<JsonNode, T> reader) {
    return getBytes(route, Json.reader(reader));
  }

  static <T> Call<T> getBytes(Route route, Function<byte[], T> reader) {
    return new Call<>("GET", route, NO_BODY, true, Duration.ZERO, reader);
  }

  static <T> Call<T> post(Route route, Function<JsonNode, T> reader) {
    return post(route, NO_BODY, reader);
  }

  static <T> Call<T> post(Route route, byte[] body, Function<JsonNode, T> reader) {
    return new Call<>("POST", route, body, true, Duration.ZERO, Json.reader(reader));
  }

  static <T> Call<T> delete(Route route, Function<JsonNode, T> reader) {
    return new Call<>("DELETE", route, NO_BODY, true, Duration.ZERO, Json.reader(reader));
  }

  /** Repeated only when the attempt before did certainly nothing. */
  Call<T> notRepeatable() {
    return new Call<>(method, route, body, false, patience, reader);
  }

  /** With at least that much time for an answer. */
  Call<T> patient(Duration atLeast) {
    return new Call<>(method, route, body, repeatable, atLeast, reader);
  }
}
