package io.backbeat.cloudserver.backends;

import static org.assertj.core.api.Assertions.assertThat;

import io.backbeat.cloudserver.Backend;
import io.backbeat.cloudserver.CloudServerException.Kind;
import io.backbeat.cloudserver.ReplicaHeaders;
import io.backbeat.job.Job;
import io.backbeat.memory.InMemoryFailedJobStore;
import io.backbeat.memory.InMemoryUploadStore;
import io.backbeat.replication.OpenUpload;
import io.backbeat.status.LedgerEntry;
import io.backbeat.testing.Jobs;
import io.backbeat.testing.MutableClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AbandonedUploadsTest {
  private final MutableClock clock = MutableClock.create();
  private final Clouds clouds = new Clouds();
  private final InMemoryUploadStore uploads = new InMemoryUploadStore();
  private final InMemoryFailedJobStore ledger = new InMemoryFailedJobStore();
  private final Job job = Jobs.aJob().build();
  private final Backend backend = new Backend(job.location(), "aws_s3");
  private final AbandonedUploads abandoned =
      new AbandonedUploads(
          uploads,
          ledger,
          role -> clouds,
          Map.of(job.location(), backend),
          AbandonedUploads.USUAL_REST,
          clock);

  private void begin(String revision) throws Exception {
    String id =
        clouds.initiateUpload(
            job.object().bucket(), job.object().key(), backend, ReplicaHeaders.NONE);
    uploads.begin(OpenUpload.begun(job.key(), revision, id, "", clock.instant()));
  }

  private LedgerEntry.Failure failure() {
    return new LedgerEntry.Failure(clock.instant(), clock.instant(), "Timeout", "no answer");
  }

  @Test
  void upload_of_a_job_that_is_done_or_dropped_is_ended_once_it_has_rested() throws Exception {
    begin("1");
    clock.advance(Duration.ofHours(1));
    assertThat(abandoned.sweep(10)).isZero();
    clock.advance(Duration.ofMillis(1));
    assertThat(abandoned.sweep(10)).isOne();
    assertThat(clouds.uploads).isEmpty();
    assertThat(uploads.count()).isZero();
  }

  @Test
  void upload_of_a_waiting_job_is_kept_and_does_not_keep_others_from_being_looked_at()
      throws Exception {
    begin("1");
    clock.advance(Duration.ofMinutes(1));
    begin("older write");
    ledger.record(List.of(LedgerEntry.waiting(job, failure(), clock.instant())));
    clock.advance(Duration.ofHours(2));

    assertThat(abandoned.sweep(1)).isOne();
    assertThat(clouds.uploads).hasSize(2);
    assertThat(abandoned.sweep(1)).isOne();
    assertThat(uploads.find(job.key())).extracting(OpenUpload::revision).containsExactly("1");
    assertThat(abandoned.sweep(1)).isZero();
  }

  @Test
  void upload_of_nfs_content_is_kept_while_a_job_of_its_revision_waits() throws Exception {
    begin(job.revision() + "#md5");
    ledger.record(List.of(LedgerEntry.waiting(job, failure(), clock.instant())));
    clock.advance(Duration.ofHours(2));

    assertThat(abandoned.sweep(10)).isOne();

    assertThat(clouds.uploads).hasSize(1);
  }

  @Test
  void parts_left_by_others_are_kept_while_any_job_of_the_key_waits() throws Exception {
    List<OpenUpload> ended = new ArrayList<>();
    AbandonedUploads ofOthers =
        new AbandonedUploads(
            uploads,
            ledger,
            role -> clouds,
            Map.of(),
            ended::add,
            AbandonedUploads.USUAL_REST,
            clock);
    begin("older write with the same content");
    ledger.record(List.of(LedgerEntry.waiting(job, failure(), clock.instant())));
    clock.advance(Duration.ofHours(2));

    assertThat(ofOthers.sweep(10)).isOne();
    assertThat(ended).isEmpty();

    ledger.record(List.of(LedgerEntry.failed(job, failure())));
    clock.advance(Duration.ofHours(2));
    ofOthers.sweep(10);
    assertThat(ended).hasSize(1);
  }

  @Test
  void upload_of_a_failed_job_is_ended() throws Exception {
    begin("1");
    ledger.record(List.of(LedgerEntry.failed(job, failure())));
    clock.advance(Duration.ofHours(2));
    abandoned.sweep(10);
    assertThat(clouds.uploads).isEmpty();
  }

  @Test
  void upload_that_cannot_be_ended_now_is_tried_again_later() throws Exception {
    begin("1");
    clock.advance(Duration.ofHours(2));
    clouds.fault =
        at -> {
          throw Clouds.error(Kind.UNAVAILABLE, "ServiceUnavailable");
        };
    assertThat(abandoned.sweep(10)).isOne();
    assertThat(abandoned.sweep(10)).isZero();
    clouds.fault = at -> {};
    clock.advance(Duration.ofHours(2));
    abandoned.sweep(10);
    assertThat(uploads.count()).isZero();
    assertThat(clouds.uploads).isEmpty();
  }
}
