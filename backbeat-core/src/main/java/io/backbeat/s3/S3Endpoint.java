package io.backbeat.s3;

import java.net.URI;
import java.util.Objects;

/**
 * An object server and who we are to it.
 *
 * @param uri {@code http} or {@code https}, host and port
 * @param region the region requests are signed for; most servers take any
 * @param credentials of the service account
 */
public record S3Endpoint(URI uri, String region, S3Credentials credentials) {
  private static final String USUAL_REGION = "us-east-1";

  /** Checks the address. */
  public S3Endpoint {
    Objects.requireNonNull(credentials, "credentials");
    String scheme = String.valueOf(uri.getScheme());
    if (uri.getHost() == null || !(scheme.equals("http") || scheme.equals("https"))) {
      throw new IllegalArgumentException(
          "endpoint must be like http://host:8000, was \"" + uri + "\"");
    }
    if (region.isEmpty()) {
      throw new IllegalArgumentException("region must not be empty");
    }
  }

  /** A server in the region {@code us-east-1}. */
  public static S3Endpoint of(URI uri, S3Credentials credentials) {
    return new S3Endpoint(uri, USUAL_REGION, credentials);
  }
}
