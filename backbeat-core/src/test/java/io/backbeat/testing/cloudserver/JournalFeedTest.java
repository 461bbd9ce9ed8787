package io.backbeat.testing.cloudserver;

import static org.assertj.core.api.Assertions.assertThat;

import io.backbeat.api.ObjectVersion;
import io.backbeat.job.ObjectMetadata;
import io.backbeat.log.LogEntry;
import io.backbeat.log.LogPosition;
import io.backbeat.memory.InMemoryStores;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/** A journal is told what clients write, and nothing of what the status processor does. */
class JournalFeedTest {
  @Test
  void the_journal_and_the_routes_speak_of_the_same_write() {
    try (InMemoryStores stores = new InMemoryStores();
        CloudServerStandIn standIn = CloudServerStandIn.builder().feed(stores.journal()).start();
        S3Client s3 = S3Clients.of(standIn.uri(), Account.USER)) {
      S3Clients.replicatedBucket(s3, "photos", "aws-backend-1");
      String version =
          s3.putObject(b -> b.bucket("photos").key("k"), RequestBody.fromString("x")).versionId();
      SignedRequests backbeat = SignedRequests.v2(standIn.uri(), Account.REPLICATION);
      String path = "/_/backbeat/metadata/photos/k?versionId=" + version;
      String metadata = backbeat.get(path).json().path("Body").asText();
      String journaled =
          stores.journal().find(new ObjectVersion("photos", "k", version)).orElseThrow();
      assertThat(ObjectMetadata.parse(metadata).revision())
          .isEqualTo(ObjectMetadata.parse(journaled).revision());

      LogPosition end = stores.journal().read(LogPosition.BEGINNING, 10, Duration.ZERO).next();
      Map<String, String> only = Map.of("x-scal-replication-content", "METADATA");
      String done = metadata.replace("\"status\":\"PENDING\"", "\"status\":\"COMPLETED\"");
      backbeat.send("PUT", path, only, done);
      assertThat(stores.journal().lag(end)).isZero();
      assertThat(s3.headObject(b -> b.bucket("photos").key("k")).replicationStatusAsString())
          .isEqualTo("COMPLETED");

      s3.deleteObject(b -> b.bucket("photos").key("k"));
      s3.deleteObject(b -> b.bucket("photos").key("k").versionId(version));
      List<LogEntry> entries = stores.journal().read(end, 10, Duration.ZERO).entries();
      assertThat(entries).hasSize(2);
      assertThat(stores.journal().find(new ObjectVersion("photos", "k", version))).isEmpty();
    }
  }

  @Test
  void unversioned_objects_are_fed_too() {
    try (InMemoryStores stores = new InMemoryStores();
        CloudServerStandIn standIn = CloudServerStandIn.builder().feed(stores.journal()).start();
        S3Client s3 = S3Clients.of(standIn.uri(), Account.USER)) {
      s3.createBucket(b -> b.bucket("plain"));
      s3.putObject(b -> b.bucket("plain").key("k"), RequestBody.fromString("x"));
      assertThat(stores.journal().find(ObjectVersion.unversioned("plain", "k"))).isPresent();
      s3.deleteObject(b -> b.bucket("plain").key("k"));
      assertThat(stores.journal().find(ObjectVersion.unversioned("plain", "k"))).isEmpty();
    }
  }
}
