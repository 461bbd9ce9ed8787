package io.backbeat.testing.cloudserver;

import java.net.URI;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;
import software.amazon.awssdk.services.s3.model.ReplicationRule;
import software.amazon.awssdk.services.s3.model.ReplicationRuleStatus;

/** S3 clients of the AWS SDK, as users of CloudServer have them. */
public final class S3Clients {
  private S3Clients() {}

  /** A client that signs as an account and addresses buckets by path. To be closed. */
  public static S3Client of(URI endpoint, Account account) {
    return S3Client.builder()
        .endpointOverride(endpoint)
        .region(Region.US_EAST_1)
        .forcePathStyle(true)
        .httpClient(UrlConnectionHttpClient.create())
        .overrideConfiguration(c -> c.retryStrategy(r -> r.maxAttempts(1)))
        .credentialsProvider(
            StaticCredentialsProvider.create(
                AwsBasicCredentials.create(account.accessKey(), account.secretKey())))
        .build();
  }

  /**
   * Creates a bucket with versions whose objects are to be replicated.
   *
   * @param role one ARN for clouds, two with a comma between for another CloudServer
   * @param destination the bucket there
   * @param sites names of locations, with commas between
   */
  public static void replicatedBucket(
      S3Client s3, String bucket, String role, String destination, String sites) {
    s3.createBucket(b -> b.bucket(bucket));
    s3.putBucketVersioning(
        b ->
            b.bucket(bucket)
                .versioningConfiguration(v -> v.status(BucketVersioningStatus.ENABLED)));
    s3.putBucketReplication(
        b ->
            b.bucket(bucket)
                .replicationConfiguration(
                    c ->
                        c.role(role)
                            .rules(
                                ReplicationRule.builder()
                                    .id("r1")
                                    .filter(f -> f.prefix(""))
                                    .status(ReplicationRuleStatus.ENABLED)
                                    .destination(
                                        d ->
                                            d.bucket("arn:aws:s3:::" + destination)
                                                .storageClass(sites))
                                    .build())));
  }

  /** The same for clouds, with a role that fits. */
  public static void replicatedBucket(S3Client s3, String bucket, String sites) {
    replicatedBucket(
        s3, bucket, "arn:aws:iam::123456789012:role/s3-replication-role", bucket, sites);
  }
}
