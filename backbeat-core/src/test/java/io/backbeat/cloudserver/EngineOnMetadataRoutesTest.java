package io.backbeat.cloudserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.backbeat.api.BackbeatException;
import io.backbeat.api.FailedOperations;
import io.backbeat.api.LocationName;
import io.backbeat.api.ObjectVersion;
import io.backbeat.api.OverallStatus;
import io.backbeat.api.RetryRequest;
import io.backbeat.api.RetryResult;
import io.backbeat.api.SiteStatus;
import io.backbeat.engine.BackbeatEngine;
import io.backbeat.engine.Role;
import io.backbeat.job.Job;
import io.backbeat.job.JobKey;
import io.backbeat.job.JobType;
import io.backbeat.job.ObjectMetadata;
import io.backbeat.job.ReplicationInfo;
import io.backbeat.log.MetadataSource;
import io.backbeat.memory.InMemoryStores;
import io.backbeat.populator.JournalJobs;
import io.backbeat.status.JobState;
import io.backbeat.status.LedgerEntry;
import io.backbeat.status.StatusStore;
import io.backbeat.task.TaskOutcome;
import io.backbeat.testing.DelegatingStores;
import io.backbeat.testing.Jobs;
import io.backbeat.testing.Metadata;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** An engine whose statuses and metadata are CloudServer's. */
class EngineOnMetadataRoutesTest {
  private static final LocationName PARIS = LocationName.of("paris");
  private static final LocationName TOKYO = LocationName.of("tokyo");
  private static final Metadata PHOTO =
      Metadata.pending("bucket", "photo", "paris", "tokyo").version(1);

  private final MetadataRoutes routes = new MetadataRoutes();
  private final CloudServerStatuses statuses =
      new CloudServerStatuses(
          routes.client(), StatusOptions.DEFAULT.withWindow(Duration.ofSeconds(2)));
  private final MetadataSource metadata = new CloudServerMetadata(routes.client());
  private final InMemoryStores memory = new InMemoryStores();
  private final ConcurrentLinkedQueue<Job> copied = new ConcurrentLinkedQueue<>();
  private final List<BackbeatEngine> engines = new ArrayList<>();

  private BackbeatEngine.Builder builder() {
    return BackbeatEngine.builder(
            new DelegatingStores(memory) {
              @Override
              public StatusStore statuses() {
                return statuses;
              }

              @Override
              public MetadataSource metadata() {
                return metadata;
              }
            })
        .locations(PARIS, TOKYO)
        .replication(
            (job, context) -> {
              copied.add(job);
              return new TaskOutcome.Replicated("v-" + job.location());
            });
  }

  private BackbeatEngine built(BackbeatEngine.Builder builder) {
    engines.add(builder.build());
    return engines.get(engines.size() - 1);
  }

  @AfterEach
  void close() {
    engines.forEach(engine -> engine.close(Duration.ofSeconds(5)));
    statuses.close();
  }

  private ReplicationInfo stored() {
    return ObjectMetadata.parse(routes.documents.get(PHOTO.object())).replicationInfo();
  }

  @Test
  void data_at_a_transient_source_is_collected_when_one_write_has_completed_all_locations() {
    routes.documents.put(
        PHOTO.object(),
        PHOTO
            .json()
            .replaceFirst(
                "\\{",
                "{\"location\":[{\"key\":\"k\",\"size\":100,\"start\":0,"
                    + "\"dataStoreName\":\"us-east-1\",\"dataStoreETag\":\"1:abc\"}],"));
    ConcurrentLinkedQueue<ObjectVersion> collected = new ConcurrentLinkedQueue<>();
    BackbeatEngine engine =
        built(
            builder()
                .garbageCollection(
                    Set.of(LocationName.of("us-east-1")),
                    (job, context) -> {
                      collected.add(job.object());
                      return TaskOutcome.Replicated.WITHOUT_VERSION;
                    }));
    JournalJobs jobs = new JournalJobs(metadata, Clock.systemUTC());
    engine.start();
    memory
        .queue()
        .publish(
            List.of(
                jobs.jobFor(PHOTO.object(), PARIS).orElseThrow(),
                jobs.jobFor(PHOTO.object(), TOKYO).orElseThrow()));

    await().until(() -> !collected.isEmpty());
    assertThat(collected).containsExactly(PHOTO.object());
    assertThat(stored().status()).contains(OverallStatus.COMPLETED);
    assertThat(stored().at(TOKYO).orElseThrow().dataStoreVersionId()).isEqualTo("v-tokyo");
    assertThat(routes.puts).as("metadata writes").hasValue(1);
  }

  /** As a process of the original tells of a failure: which version where, and no more. */
  private void failureWithoutPayload() {
    Job job = Jobs.aJob().object(PHOTO.object()).revision("unknown").payload("").attempt(1).build();
    memory
        .failedJobs()
        .record(
            List.of(
                LedgerEntry.failed(
                    job, new LedgerEntry.Failure(Jobs.CREATED, Jobs.CREATED, "E", "failed"))));
  }

  private Optional<JobState> recorded() {
    return memory
        .failedJobs()
        .find(new JobKey(JobType.REPLICATION, PHOTO.object(), PARIS))
        .map(LedgerEntry::state);
  }

  private static List<RetryResult> retry(BackbeatEngine engine) {
    FailedOperations failed = engine.operations().failed();
    return failed.retry(List.of(RetryRequest.of(PHOTO.object(), PARIS)));
  }

  @Test
  void failure_that_another_program_told_of_is_retried_from_the_metadata() {
    routes.documents.put(
        PHOTO.object(),
        PHOTO
            .json()
            .replace(
                "{\"site\":\"paris\",\"status\":\"PENDING\"",
                "{\"site\":\"paris\",\"status\":\"FAILED\""));
    failureWithoutPayload();
    BackbeatEngine engine = built(builder());

    assertThat(retry(engine))
        .singleElement()
        .satisfies(
            result -> {
              assertThat(result.size()).isEqualTo(100);
              assertThat(result.status()).isEqualTo(SiteStatus.PENDING);
              assertThat(result.role()).isEmpty();
            });
    assertThat(stored().at(PARIS).orElseThrow().status()).isEqualTo(SiteStatus.PENDING);

    engine.start();
    await().until(() -> stored().at(PARIS).orElseThrow().status() == SiteStatus.COMPLETED);
    await().until(() -> recorded().isEmpty());
    assertThat(copied)
        .extracting(job -> ObjectMetadata.parse(job.payload()).encodedVersionId())
        .containsExactly(PHOTO.object().versionId());
  }

  @Test
  void failure_of_a_version_that_is_gone_is_forgotten() {
    failureWithoutPayload();

    assertThat(retry(built(builder()))).isEmpty();
    assertThat(recorded()).isEmpty();
  }

  @Test
  void failure_whose_metadata_cannot_be_read_is_kept_and_the_error_told() {
    failureWithoutPayload();
    routes.failure.set(
        Optional.of(
            MetadataRoutes.error(
                CloudServerException.Kind.UNAVAILABLE, "ServiceUnavailable", 503)));
    BackbeatEngine engine = built(builder());

    assertThatExceptionOfType(BackbeatException.class)
        .isThrownBy(() -> retry(engine))
        .withMessageContaining("ServiceUnavailable");
    assertThat(recorded()).contains(JobState.WAITING);
  }

  @Test
  void others_of_the_request_are_queued_although_the_metadata_of_one_cannot_be_read() {
    routes.write(PHOTO);
    failureWithoutPayload();
    Metadata refused = Metadata.pending("other", "photo", "paris");
    memory
        .failedJobs()
        .record(
            List.of(
                LedgerEntry.failed(
                    Jobs.aJob().object(refused.object()).payload("").build(),
                    new LedgerEntry.Failure(Jobs.CREATED, Jobs.CREATED, "E", "failed"))));
    routes.refusedBucket.set("other");
    BackbeatEngine engine = built(builder());

    assertThatExceptionOfType(BackbeatException.class)
        .isThrownBy(
            () ->
                engine
                    .operations()
                    .failed()
                    .retry(
                        List.of(
                            RetryRequest.of(refused.object(), PARIS),
                            RetryRequest.of(PHOTO.object(), PARIS))));
    assertThat(recorded()).contains(JobState.QUEUED);
  }

  @Test
  void source_role_is_told_where_the_source_is_read_in_a_role() {
    routes.documents.put(
        PHOTO.object(),
        PHOTO.json().replace("role/s3-replication-role", "role/src,arn:aws:iam::2:role/dst"));
    failureWithoutPayload();

    assertThat(retry(built(builder().roles(Set.<Role>of()).rolesInRetries(true))))
        .extracting(RetryResult::role)
        .containsExactly(Optional.of("arn:aws:iam::root:role/src"));
  }
}
