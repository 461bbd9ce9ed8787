package io.backbeat.cloudserver.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.backbeat.api.Amount;
import io.backbeat.api.FailedOperation;
import io.backbeat.api.LocationName;
import io.backbeat.api.MetricsReport;
import io.backbeat.api.ObjectVersion;
import io.backbeat.api.OverallStatus;
import io.backbeat.api.RetryRequest;
import io.backbeat.api.ServiceName;
import io.backbeat.api.SiteReplication;
import io.backbeat.api.SiteStatus;
import io.backbeat.job.JobType;
import io.backbeat.job.ObjectMetadata;
import io.backbeat.queue.QueueName;
import io.backbeat.testing.cloudserver.CloudObject;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.awaitility.core.ConditionFactory;

/** What has to be true when everything has come to rest, whatever went wrong before. */
final class Settled {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final ReplicatedServers servers;
  private final RunningBackbeat backbeat;
  private final List<LocationName> locations;
  private final LeftOver before;
  private final boolean killed;

  /**
   * Looks at what becomes of some servers.
   *
   * @param before what was left over before
   * @param killed whether a process was killed before, which may leave over what nobody knows of
   */
  Settled(
      ReplicatedServers servers,
      RunningBackbeat backbeat,
      List<LocationName> locations,
      LeftOver before,
      boolean killed) {
    this.servers = servers;
    this.backbeat = backbeat;
    this.locations = locations;
    this.before = before;
    this.killed = killed;
  }

  /** Also while threads of a process that was killed find out that it was. */
  static ConditionFactory waiting() {
    return await()
        .dontCatchUncaughtExceptions()
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(10))
        .atMost(PATIENCE);
  }

  /** Waits until nothing happens by itself any more; gives what has failed, with its reason. */
  List<FailedOperation> rest() {
    waiting()
        .untilAsserted(
            () -> assertThat(backbeat.engine.unfinished().settled()).as(this::story).isTrue());
    waiting().untilAsserted(this::nothingInHand);
    List<FailedOperation> failed =
        locations.stream().flatMap(l -> backbeat.engine.operations().failed().stream(l)).toList();
    assertThat(failed)
        .allSatisfy(
            operation -> {
              assertThat(operation.errorClass()).isNotEmpty();
              assertThat(operation.message()).isNotEmpty();
              assertThat(status(operation.object(), operation.location()))
                  .as("status of %s", operation)
                  .contains(SiteStatus.FAILED);
            });
    countersEqualTheLedger(failed.size());
    backbeat.sweep();
    if (!killed) {
      assertThat(leftOver().count()).as("%s", leftOver()).isZero();
    }
    return failed;
  }

  /** Retries what has failed; afterwards nothing has. */
  void restAfterRetry() {
    List<RetryRequest> again =
        rest().stream().map(f -> RetryRequest.of(f.object(), f.location())).toList();
    if (!again.isEmpty()) {
      assertThat(backbeat.engine.operations().failed().retry(again)).hasSameSizeAs(again);
    }
    assertThat(rest()).isEmpty();
  }

  private String story() {
    return backbeat.engine.unfinished()
        + " "
        + backbeat.engine.queues()
        + " "
        + servers.source.requests().entries(e -> true).stream()
            .skip(Math.max(0, servers.source.requests().entries(e -> true).size() - 10))
            .toList();
  }

  private void nothingInHand() {
    for (LocationName location : locations) {
      assertThat(backbeat.stores.queue().backlog(new QueueName(JobType.REPLICATION, location)))
          .as("jobs of %s that are not committed", location)
          .isZero();
    }
  }

  private void countersEqualTheLedger(int failures) {
    waiting()
        .untilAsserted(
            () -> {
              MetricsReport report =
                  backbeat.engine.operations().metrics().reportAll(ServiceName.REPLICATION);
              assertThat(report.pending()).as("pending").isEqualTo(new Amount(0, 0));
              assertThat(report.failures().count()).as("failures").isEqualTo(failures);
            });
  }

  /** What is left over since the beginning. */
  LeftOver leftOver() {
    assertThat(backbeat.stores.uploads().count()).as("uploads remembered").isZero();
    return LeftOver.at(servers).since(before);
  }

  private Optional<SiteStatus> status(ObjectVersion object, LocationName location) {
    return metadata(object).replicationInfo().at(location).map(SiteReplication::status);
  }

  ObjectMetadata metadata(ObjectVersion object) {
    return ObjectMetadata.parse(
        servers
            .source
            .metadata(object.bucket(), object.key(), object.versionId())
            .orElseThrow(() -> new AssertionError("there is no " + object)));
  }

  /** A version that is the newest of its key is everywhere, in all respects. */
  void isEverywhere(ObjectVersion object, byte[] bytes) {
    ObjectMetadata metadata = metadata(object);
    assertThat(metadata.replicationInfo().status()).contains(OverallStatus.COMPLETED);
    for (LocationName location : locations) {
      assertThat(status(object, location)).as("%s", location).contains(SiteStatus.COMPLETED);
      if (location.equals(ReplicatedServers.PARIS)) {
        isInParis(object, metadata, bytes);
      } else {
        isInCloud(object, metadata, location, bytes);
      }
    }
  }

  private void isInCloud(
      ObjectVersion object, ObjectMetadata metadata, LocationName location, byte[] bytes) {
    Optional<CloudObject> found =
        servers.source.cloud(location.value()).object(object.bucket(), object.key());
    if (metadata.isDeleteMarker()) {
      assertThat(found).as("%s at %s", object, location).isEmpty();
      return;
    }
    CloudObject copy =
        found.orElseThrow(() -> new AssertionError(object + " is not at " + location));
    assertThat(copy.bytes()).as("bytes at %s", location).isEqualTo(bytes);
    assertThat(copy.tags()).as("tags at %s", location).isEqualTo(metadata.tags());
    assertThat(copy.userMetadata())
        .as("user metadata at %s", location)
        .containsEntry("color", "red")
        .containsEntry("scal-version-id", object.versionId());
    assertThat(metadata.replicationInfo().at(location).orElseThrow().dataStoreVersionId())
        .as("version id of the copy at %s", location)
        .isEqualTo(copy.versionId());
  }

  private void isInParis(ObjectVersion object, ObjectMetadata metadata, byte[] bytes) {
    String bucket = ReplicatedServers.copiesOf(object.bucket());
    String json =
        servers
            .destination
            .metadata(bucket, object.key(), object.versionId())
            .orElseThrow(() -> new AssertionError(object + " is not in Paris"));
    ObjectMetadata replica = ObjectMetadata.parse(json);
    assertThat(replica.isDeleteMarker()).isEqualTo(metadata.isDeleteMarker());
    assertThat(replica.tags()).as("tags in Paris").isEqualTo(metadata.tags());
    if (!metadata.isDeleteMarker()) {
      assertThat(json).contains("\"x-amz-meta-color\":\"red\"");
      assertThat(
              servers
                  .copies
                  .getObjectAsBytes(
                      b -> b.bucket(bucket).key(object.key()).versionId(object.versionId()))
                  .asByteArray())
          .as("bytes in Paris")
          .isEqualTo(bytes);
    }
  }
}
