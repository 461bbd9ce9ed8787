package io.backbeat.testing.cloudserver;

import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;
import software.amazon.awssdk.services.s3.model.CompletedPart;
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

  /**
   * Uploads an object in parts, whose sizes have to be allowed ones.
   *
   * @param metadata of the user
   * @return its version id
   */
  public static String putInParts(
      S3Client s3, String bucket, String key, Map<String, String> metadata, List<byte[]> parts) {
    String id =
        s3.createMultipartUpload(b -> b.bucket(bucket).key(key).metadata(metadata)).uploadId();
    List<CompletedPart> completed = new ArrayList<>();
    for (byte[] part : parts) {
      int number = completed.size() + 1;
      String etag =
          s3.uploadPart(
                  b -> b.bucket(bucket).key(key).uploadId(id).partNumber(number),
                  RequestBody.fromBytes(part))
              .eTag();
      completed.add(CompletedPart.builder().partNumber(number).eTag(etag).build());
    }
    return s3.completeMultipartUpload(
            b -> b.bucket(bucket).key(key).uploadId(id).multipartUpload(m -> m.parts(completed)))
        .versionId();
  }

  /** Cuts bytes into parts of a size; the last one is what is left. */
  public static List<byte[]> cut(byte[] bytes, int size) {
    List<byte[]> parts = new ArrayList<>();
    for (int from = 0; from < bytes.length; from += size) {
      parts.add(Arrays.copyOfRange(bytes, from, Math.min(from + size, bytes.length)));
    }
    return parts;
  }
}
