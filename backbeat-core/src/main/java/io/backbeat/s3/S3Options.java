package io.backbeat.s3;

import io.backbeat.replication.ObjectStore;
import io.backbeat.replication.ReplicationAction;
import java.net.URI;
import java.util.Objects;
import java.util.Optional;

/**
 * Where a bucket is and how to write to it.
 *
 * @param bucket the bucket; not made if it is missing
 * @param prefix before every key; empty, or ends with {@code /}
 * @param endpoint the server; empty for AWS
 * @param region empty to let the SDK find it, which it does only for AWS
 * @param pathStyle whether the bucket is in the path and not in the host name
 * @param credentials empty for the SDK's default chain: environment, system properties, profile
 *     files, container, instance
 * @param multipartThreshold objects of at least so many bytes are written in parts
 * @param partConcurrency parts written at once, over all objects; at least 1
 */
public record S3Options(
    String bucket,
    String prefix,
    Optional<URI> endpoint,
    Optional<String> region,
    boolean pathStyle,
    Optional<S3Credentials> credentials,
    long multipartThreshold,
    int partConcurrency) {
  /** The usual {@link #partConcurrency}. */
  public static final int PART_CONCURRENCY = 10;

  /** Ends the prefix with a slash and checks the rest. */
  public S3Options {
    Objects.requireNonNull(endpoint, "endpoint");
    Objects.requireNonNull(region, "region");
    Objects.requireNonNull(credentials, "credentials");
    prefix = prefix.isEmpty() || prefix.endsWith("/") ? prefix : prefix + "/";
    if (bucket.isEmpty()) {
      throw new IllegalArgumentException("bucket must not be empty");
    }
    if (multipartThreshold < 1) {
      throw new IllegalArgumentException(
          "multipartThreshold must be >= 1, was " + multipartThreshold);
    }
    if (partConcurrency < 1) {
      throw new IllegalArgumentException("partConcurrency must be >= 1, was " + partConcurrency);
    }
  }

  /**
   * Reads {@code
   * s3://bucket/prefix?endpoint=http://127.0.0.1:9090&region=us-east-1&pathStyle=true}. All but the
   * bucket may be left out. With an endpoint, the path style is on and the region {@code us-east-1}
   * unless said otherwise. Values may be percent-encoded, and must be where they contain {@code % &
   * #}.
   *
   * @throws IllegalArgumentException if it is something else; says what is wrong and what would be
   *     right
   */
  public static S3Options parse(String uri) {
    return S3Uri.parse(uri);
  }

  /** The same with credentials. */
  public S3Options withCredentials(S3Credentials with) {
    return new S3Options(
        bucket,
        prefix,
        endpoint,
        region,
        pathStyle,
        Optional.of(with),
        multipartThreshold,
        partConcurrency);
  }

  /** The same with another threshold. */
  public S3Options withMultipartThreshold(long bytes) {
    return new S3Options(
        bucket, prefix, endpoint, region, pathStyle, credentials, bytes, partConcurrency);
  }

  /** The usual values for what is not said. */
  static S3Options of(
      String bucket,
      String prefix,
      Optional<URI> endpoint,
      Optional<String> region,
      boolean pathStyle) {
    return new S3Options(
        bucket,
        prefix,
        endpoint,
        region,
        pathStyle,
        Optional.empty(),
        ReplicationAction.MULTIPART_THRESHOLD,
        PART_CONCURRENCY);
  }

  /**
   * Opens the store. Does not connect yet.
   *
   * @throws IllegalStateException if the AWS SDK is not on the class path; names what to add
   */
  public ObjectStore open() {
    requireSdk();
    return S3Store.open(this);
  }

  static void requireSdk() {
    require("software.amazon.awssdk.services.s3.S3Client", "s3");
    require(
        "software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient",
        "url-connection-client");
  }

  private static void require(String className, String artifact) {
    try {
      Class.forName(className, false, S3Options.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(
          "S3 locations need software.amazon.awssdk:"
              + artifact
              + "; add that artifact to the class path",
          e);
    }
  }
}
