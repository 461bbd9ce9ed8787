package io.backbeat.server.cluster;

import static io.backbeat.server.cluster.CloudServerSite.AWS;
import static io.backbeat.server.cluster.CloudServerSite.AZURE;
import static io.backbeat.server.cluster.CloudServerSite.BUCKET;
import static io.backbeat.server.cluster.CloudServerSite.COPIES;
import static io.backbeat.server.cluster.CloudServerSite.GCP;
import static io.backbeat.server.cluster.CloudServerSite.PATIENCE;
import static io.backbeat.server.cluster.CloudServerSite.SITES;
import static io.backbeat.server.cluster.CloudServerSite.SYDNEY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.backbeat.api.Amount;
import io.backbeat.api.FailedOperation;
import io.backbeat.api.LocationName;
import io.backbeat.api.ObjectVersion;
import io.backbeat.api.RetryRequest;
import io.backbeat.api.ServiceName;
import io.backbeat.client.BackbeatClient;
import io.backbeat.server.serve.ServerProcess;
import io.backbeat.testing.cloudserver.CloudObject;
import io.backbeat.testing.cloudserver.Fault;
import io.backbeat.testing.cloudserver.Faults;
import io.backbeat.testing.cloudserver.Route;
import io.backbeat.testing.cloudserver.S3Clients;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;

/**
 * The whole system: populator, processor, status, garbage collection and API as processes of their
 * own, on Kafka, ZooKeeper and Redis, between CloudServers and the clouds behind one.
 */
@Tag("slow")
@Timeout(300)
class EndToEndTest {
  private static final int PART = 5 << 20;

  @TempDir Path temp;
  private final TestServices services = new TestServices();

  @Test
  void what_users_do_reaches_every_site_and_every_state_says_so() throws Exception {
    try (CloudServerSite site = new CloudServerSite(temp, services)) {
      ServerProcess api = site.start("api,metrics");
      List.of("populator", "processor", "status", "gc").forEach(site::start);
      api.awaitReady();
      BackbeatClient backbeat = site.client(api);
      backbeat.locations().pause(ServiceName.REPLICATION, AZURE);
      Faults.Injected broken =
          site.source()
              .faults()
              .inject(
                  Fault.on(Route.BACKEND_PUT_OBJECT)
                      .atLocation(GCP.value())
                      .status(500, "InternalError"));

      ObjectVersion small = put(site, "small", "a small one");
      ObjectVersion first = put(site, "over", "written first");
      ObjectVersion second = put(site, "over", "written over it");
      ObjectVersion empty = put(site, "empty", "");
      byte[] large = new byte[4 * PART + 17];
      new Random(7).nextBytes(large);
      ObjectVersion parts = putInParts(site, "large", large);
      List<ObjectVersion> written = List.of(small, first, second, empty, parts);

      // One site works, and is not held up by the one that fails and the one that is paused.
      site.awaitStatus(AWS, "COMPLETED", written);
      site.awaitStatus(SYDNEY, "COMPLETED", written);
      List<ObjectVersion> refused = List.of(small, first, second);
      site.awaitStatus(GCP, "FAILED", refused);
      assertThat(site.statuses(small)).containsEntry("azure-two", "PENDING");
      assertThat(site.source().cloud("azure-two").keys()).isEmpty();
      assertThat(site.status(small)).isEqualTo("FAILED");

      // What failed is listed, with its reason, and is retried once the site works again.
      List<FailedOperation> failed = new ArrayList<>();
      await()
          .atMost(PATIENCE)
          .untilAsserted(
              () -> {
                failed.clear();
                backbeat.failed().all(GCP).forEach(failed::add);
                assertThat(failed).extracting(FailedOperation::object).containsAll(refused);
              });
      assertThat(failed)
          .allSatisfy(
              operation -> {
                assertThat(operation.errorClass()).isEqualTo("InternalError");
                assertThat(operation.attempts()).isEqualTo(2);
              });
      broken.close();
      assertThat(
              backbeat
                  .failed()
                  .retry(
                      failed.stream()
                          .map(operation -> RetryRequest.of(operation.object(), GCP))
                          .toList()))
          .hasSameSizeAs(failed);
      site.awaitStatus(GCP, "COMPLETED", written);

      // The pause ends by its schedule.
      backbeat.locations().resumeAt(ServiceName.REPLICATION, AZURE, Instant.now().plusSeconds(1));
      site.awaitCompleted(written);

      // Tags, and the deletion of a key.
      var blue =
          software.amazon.awssdk.services.s3.model.Tag.builder()
              .key("colour")
              .value("blue")
              .build();
      site.s3()
          .putObjectTagging(
              r ->
                  r.bucket(BUCKET)
                      .key("small")
                      .versionId(small.versionId())
                      .tagging(t -> t.tagSet(blue)));
      ObjectVersion marker =
          new ObjectVersion(
              BUCKET,
              "over",
              site.s3().deleteObject(r -> r.bucket(BUCKET).key("over")).versionId());
      site.awaitCompleted(List.of(small, marker));

      assertCopies(site, "small", "a small one".getBytes(java.nio.charset.StandardCharsets.UTF_8));
      assertCopies(site, "large", large);
      assertCopies(site, "empty", new byte[0]);
      for (String cloud : List.of("aws-one", "azure-two", "gcp-three")) {
        assertThat(object(site, cloud, "small").orElseThrow().tags())
            .as(cloud)
            .containsExactly(Map.entry("colour", "blue"));
        assertThat(object(site, cloud, "over").filter(o -> !o.isDeleteMarker()))
            .as("over at " + cloud)
            .isEmpty();
        assertThat(site.source().cloud(cloud).openUploads()).as(cloud).isEmpty();
      }
      assertThat(
              site.copies()
                  .getObjectTagging(r -> r.bucket(COPIES).key("small").versionId(small.versionId()))
                  .tagSet())
          .singleElement()
          .satisfies(tag -> assertThat(tag.value()).isEqualTo("blue"));
      assertThat(site.copies().listObjectVersions(r -> r.bucket(COPIES).prefix("over")))
          .satisfies(
              list -> {
                assertThat(list.versions()).hasSize(2);
                assertThat(list.deleteMarkers()).hasSize(1);
              });
      assertThat(site.source().orphans()).isEmpty();
      assertThat(site.sydney().orphans()).isEmpty();

      // Counters and the ledger agree that nothing is left.
      await()
          .atMost(PATIENCE)
          .untilAsserted(
              () -> {
                for (LocationName location : SITES) {
                  assertThat(backbeat.metrics().report(ServiceName.REPLICATION, location).pending())
                      .as("pending at " + location)
                      .isEqualTo(Amount.ZERO);
                  assertThat(backbeat.failed().list(location, 0, 10).operations()).isEmpty();
                }
              });
    }
  }

  @Test
  void data_at_a_transient_location_goes_when_it_is_everywhere_and_not_before() throws Exception {
    try (CloudServerSite site = new CloudServerSite(temp, services)) {
      ServerProcess api = site.start("api");
      List.of("populator", "processor", "status", "gc").forEach(site::start);
      api.awaitReady();
      BackbeatClient backbeat = site.client(api);
      backbeat.locations().pause(ServiceName.REPLICATION, SYDNEY);
      int before = site.source().localData();

      String versionId =
          site.s3()
              .putObject(
                  r ->
                      r.bucket(BUCKET)
                          .key("passing")
                          .overrideConfiguration(
                              c -> c.putHeader("x-amz-meta-scal-location-constraint", "edge")),
                  RequestBody.fromString("only for a while"))
              .versionId();
      ObjectVersion object = new ObjectVersion(BUCKET, "passing", versionId);

      site.awaitStatus(AWS, "COMPLETED", List.of(object));
      assertThat(site.source().localData()).isEqualTo(before + 1);
      backbeat.locations().resume(ServiceName.REPLICATION, SYDNEY);
      site.awaitCompleted(List.of(object));
      await()
          .atMost(PATIENCE)
          .untilAsserted(
              () -> assertThat(site.source().localData()).as(site.outputs()).isEqualTo(before));
    }
  }

  private static ObjectVersion put(CloudServerSite site, String key, String content) {
    return new ObjectVersion(
        BUCKET,
        key,
        site.s3()
            .putObject(r -> r.bucket(BUCKET).key(key), RequestBody.fromString(content))
            .versionId());
  }

  private static ObjectVersion putInParts(CloudServerSite site, String key, byte[] content) {
    List<byte[]> parts = S3Clients.cut(content, PART);
    return new ObjectVersion(
        BUCKET, key, S3Clients.putInParts(site.s3(), BUCKET, key, Map.of(), parts));
  }

  private static Optional<CloudObject> object(CloudServerSite site, String cloud, String key) {
    return site.source().cloud(cloud).object(BUCKET, key);
  }

  private static void assertCopies(CloudServerSite site, String key, byte[] content) {
    for (String cloud : List.of("aws-one", "azure-two", "gcp-three")) {
      assertThat(object(site, cloud, key))
          .as("%s at %s", key, cloud)
          .hasValueSatisfying(copy -> assertThat(copy.bytes()).isEqualTo(content));
    }
    assertThat(site.copies().getObjectAsBytes(r -> r.bucket(COPIES).key(key)).asByteArray())
        .as("%s at sydney", key)
        .isEqualTo(content);
    assertThat(site.copies().headObject(r -> r.bucket(COPIES).key(key)).replicationStatusAsString())
        .isEqualTo("REPLICA");
  }
}
