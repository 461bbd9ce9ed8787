package io.backbeat.cloudserver.http;

import io.backbeat.cloudserver.CloudServerException;

/** Whose requests they are. Thread-safe. */
@FunctionalInterface
public interface CredentialsProvider {
  /**
   * What to sign the next request with. May ask a service; several threads that need new ones wait
   * for one answer.
   *
   * @throws CloudServerException if the service refuses, or does not answer
   */
  Credentials credentials() throws CloudServerException;

  /**
   * Takes note that the server calls credentials expired. What does not change by itself ignores
   * that.
   */
  default void expired(Credentials refused) {}

  /** Always the same. */
  static CredentialsProvider of(Credentials credentials) {
    return () -> credentials;
  }
}
