package io.backbeat.cloudserver.http;

import java.util.Objects;
import java.util.Optional;

/**
 * A key pair, of an account or of a session.
 *
 * @param accessKey the public part
 * @param secretKey the secret part; not shown by {@link #toString}
 * @param sessionToken of a session; not shown either
 */
public record Credentials(String accessKey, String secretKey, Optional<String> sessionToken) {
  /** Checks that neither key is empty. */
  public Credentials {
    Objects.requireNonNull(sessionToken, "sessionToken");
    if (accessKey.isEmpty() || secretKey.isEmpty()) {
      throw new IllegalArgumentException(
          (accessKey.isEmpty() ? "accessKey" : "secretKey of " + accessKey) + " must not be empty");
    }
  }

  /** Those of an account. */
  public static Credentials of(String accessKey, String secretKey) {
    return new Credentials(accessKey, secretKey, Optional.empty());
  }

  /** Without what is secret. */
  @Override
  public String toString() {
    return "Credentials[" + accessKey + (sessionToken.isPresent() ? ", of a session]" : "]");
  }
}
