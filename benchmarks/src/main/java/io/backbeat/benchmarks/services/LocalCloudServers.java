package io.backbeat.benchmarks.services;

import io.backbeat.testing.cloudserver.Account;
import io.backbeat.testing.cloudserver.CloudServerStandIn;
import io.backbeat.testing.cloudserver.Location;
import io.backbeat.testing.cloudserver.S3Clients;
import java.net.URI;
import java.nio.file.Path;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Two CloudServers in this process, both the test double: one with three clouds behind it, whose
 * bucket {@value #BUCKET} is to be replicated to them and to the other one. What is in them is gone
 * with the process.
 */
final class LocalCloudServers {
  static final String BUCKET = "photos";
  static final String COPIES = "photos-copies";
  private static final String SITES = "aws,azure,gcp,sydney";
  private static final String ROLES =
      "arn:aws:iam::123456789012:role/source,arn:aws:iam::123456789012:role/destination";

  private LocalCloudServers() {}

  /** The one that users put objects into, with the bucket. */
  static LocalService source(Path directory, int port, String mongoUri) {
    CloudServerStandIn server =
        CloudServerStandIn.builder()
            .port(port)
            .dataIn(directory)
            .mongo(mongoUri, "metadata")
            .location("us-east-1", Location.Type.LOCAL)
            .location("aws", Location.Type.AWS_S3)
            .location("azure", Location.Type.AZURE)
            .location("gcp", Location.Type.GCP)
            .location("sydney", Location.Type.SCALITY)
            .start();
    bucket(server.uri(), BUCKET, ROLES, COPIES, SITES);
    return new LocalService(
        "CloudServer, a test double, with doubles of the clouds aws, azure and gcp behind it;"
            + " objects of the bucket "
            + BUCKET
            + " go to "
            + SITES,
        server.uri().toString(),
        server::close);
  }

  /** The site {@code sydney}. */
  static LocalService sydney(Path directory, int port) {
    CloudServerStandIn server = CloudServerStandIn.builder().port(port).dataIn(directory).start();
    bucket(server.uri(), COPIES, ROLES, COPIES, "us-east-1");
    return new LocalService(
        "CloudServer, another test double: the site sydney; copies are in its bucket " + COPIES,
        server.uri().toString(),
        server::close);
  }

  private static void bucket(URI at, String bucket, String roles, String copies, String sites) {
    try (S3Client s3 = S3Clients.of(at, Account.USER)) {
      S3Clients.replicatedBucket(s3, bucket, roles, copies, sites);
    }
  }
}
