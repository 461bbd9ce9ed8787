package io.backbeat.client;

import java.net.URI;
import java.util.Map;

/**
 * Adds to requests what whoever stands in front of Backbeat asks for, for example the S3 signature
 * that CloudServer wants. Called for every attempt, on any thread, so it must be thread-safe; it
 * should be quick.
 */
@FunctionalInterface
public interface RequestSigner {
  /**
   * The headers to be added to a request. They replace those of the same name; {@code Host}, {@code
   * Content-Length} and the others that the HTTP client alone decides on are left out, so that the
   * result of a signing library can be returned as it is.
   *
   * @param method {@code GET}, {@code POST} or {@code DELETE}
   * @param uri the whole target, encoded as it is sent
   * @param headers what is sent beside {@code Host} and {@code Content-Length}
   * @param body the body; empty for none
   * @throws RuntimeException if it cannot be signed; the call fails with it and is not repeated
   */
  Map<String, String> sign(String method, URI uri, Map<String, String> headers, byte[] body);
}
