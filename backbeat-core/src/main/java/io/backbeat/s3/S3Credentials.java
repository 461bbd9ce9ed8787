package io.backbeat.s3;

import java.util.Objects;

/**
 * A key pair.
 *
 * @param accessKeyId public part
 * @param secretAccessKey secret part; not shown by {@link #toString}
 */
public record S3Credentials(String accessKeyId, String secretAccessKey) {
  /** Checks that nothing is null. */
  public S3Credentials {
    Objects.requireNonNull(accessKeyId, "accessKeyId");
    Objects.requireNonNull(secretAccessKey, "secretAccessKey");
  }

  /** Without the secret. */
  @Override
  public String toString() {
    return "S3Credentials[" + accessKeyId + "]";
  }
}
