package io.backbeat.cloudserver;

import io.backbeat.api.ObjectVersion;
import io.backbeat.cloudserver.http.CloudServerClient;
import io.backbeat.cloudserver.http.CloudServerOptions;
import io.backbeat.cloudserver.http.Credentials;
import io.backbeat.cloudserver.http.CredentialsProvider;
import io.backbeat.cloudserver.http.HostAddress;
import io.backbeat.contract.StatusStoreContract;
import io.backbeat.job.ObjectMetadata;
import io.backbeat.status.StatusStore;
import io.backbeat.testing.Metadata;
import io.backbeat.testing.cloudserver.Account;
import io.backbeat.testing.cloudserver.CloudServerStandIn;
import io.backbeat.testing.cloudserver.S3Clients;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import software.amazon.awssdk.services.s3.S3Client;

/** Over HTTP, signed, to the test double of CloudServer. */
final class StandInStatusStoreTest extends StatusStoreContract {
  private final AtomicInteger writes = new AtomicInteger();
  private final CloudServerStandIn standIn = CloudServerStandIn.start();
  private final S3Client s3 = S3Clients.of(standIn.uri(), Account.USER);
  private final CloudServerClient client =
      CloudServerClient.open(
          CloudServerOptions.of(
              List.of(new HostAddress("127.0.0.1", standIn.port())),
              CredentialsProvider.of(
                  Credentials.of(
                      Account.REPLICATION.accessKey(), Account.REPLICATION.secretKey()))));
  private final CloudServerStatuses statuses =
      new CloudServerStatuses(client, StatusOptions.DEFAULT);

  @Override
  protected StatusStore create() {
    S3Clients.replicatedBucket(s3, "bucket", "aws-backend-1");
    return statuses;
  }

  @AfterEach
  void close() {
    statuses.close();
    client.close();
    s3.close();
    standIn.close();
  }

  /** Not by S3, which would make a version id of its own. */
  @Override
  protected String write(Metadata metadata) {
    String json = ObjectMetadata.stamp(metadata.json(), "r" + writes.incrementAndGet());
    try {
      client.putMetadata(metadata.object(), json, false);
    } catch (CloudServerException e) {
      throw new AssertionError(e);
    }
    return ObjectMetadata.parse(json).revision();
  }

  /** Without a version id, a bucket with versions would only get a delete marker. */
  @Override
  protected void delete(ObjectVersion object) {
    s3.deleteObject(
        b ->
            b.bucket(object.bucket())
                .key(object.key())
                .versionId(object.versionId().isEmpty() ? "null" : object.versionId()));
  }
}
