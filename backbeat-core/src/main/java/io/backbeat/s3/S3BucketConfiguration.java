package io.backbeat.s3;

import io.backbeat.api.BackbeatException;
import io.backbeat.api.ErrorCode;
import io.backbeat.workflow.BucketConfiguration;
import io.backbeat.workflow.LifecycleRule;
import io.backbeat.workflow.ReplicationRule;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;

/**
 * Writes the rules of buckets with the S3 API: path style, signature version 4. Closed by its
 * owner, after the engine.
 */
public final class S3BucketConfiguration implements BucketConfiguration, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(S3BucketConfiguration.class);
  private static final String ROLE = "arn:aws:iam::root:role/s3-replication-role";

  private final S3Client replication;
  private final S3Client lifecycle;

  private S3BucketConfiguration(S3Client replication, S3Client lifecycle) {
    this.replication = replication;
    this.lifecycle = lifecycle;
  }

  /**
   * Writes replication rules to one server and lifecycle rules to another, which is usually the
   * same. Does not connect yet.
   *
   * @throws IllegalStateException if the AWS SDK is not on the class path; names what to add
   */
  public static S3BucketConfiguration open(S3Endpoint replication, S3Endpoint lifecycle) {
    S3Options.requireSdk();
    return new S3BucketConfiguration(S3Clients.create(replication), S3Clients.create(lifecycle));
  }

  @Override
  public void putReplication(String bucket, List<ReplicationRule> rules) {
    request(
        "enable versioning of " + bucket,
        () ->
            replication.putBucketVersioning(
                put ->
                    put.bucket(bucket)
                        .versioningConfiguration(v -> v.status(BucketVersioningStatus.ENABLED))));
    request(
        "write the replication rules of " + bucket,
        () ->
            replication.putBucketReplication(
                put ->
                    put.bucket(bucket)
                        .replicationConfiguration(
                            c -> c.role(ROLE).rules(S3Rules.replication(rules)))));
  }

  @Override
  public void removeReplication(String bucket) {
    request(
        "remove the replication rules of " + bucket,
        () -> replication.deleteBucketReplication(delete -> delete.bucket(bucket)));
  }

  @Override
  public void putLifecycle(String bucket, List<LifecycleRule> rules) {
    request(
        "write the lifecycle rules of " + bucket,
        () ->
            lifecycle.putBucketLifecycleConfiguration(
                put ->
                    put.bucket(bucket)
                        .lifecycleConfiguration(c -> c.rules(S3Rules.lifecycle(rules)))));
  }

  @Override
  public void removeLifecycle(String bucket) {
    request(
        "remove the lifecycle rules of " + bucket,
        () -> lifecycle.deleteBucketLifecycle(delete -> delete.bucket(bucket)));
  }

  private static void request(String doing, Runnable request) {
    try {
      request.run();
    } catch (AwsServiceException e) {
      String code = e.awsErrorDetails() == null ? "" : e.awsErrorDetails().errorCode();
      if (!"NoSuchBucket".equals(code)) {
        throw failed(doing, e);
      }
      LOG.warn("cannot {}: there is no such bucket", doing);
    } catch (SdkException e) {
      throw failed(doing, e);
    }
  }

  private static BackbeatException failed(String doing, SdkException e) {
    return new BackbeatException(
        ErrorCode.INTERNAL_ERROR, "cannot " + doing + ": " + e.getMessage(), e);
  }

  /** Releases the connections. Idempotent. */
  @Override
  public void close() {
    replication.close();
    lifecycle.close();
  }
}
