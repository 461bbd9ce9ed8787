package io.backbeat.processor;

import static org.assertj.core.api.Assertions.assertThat;

import io.backbeat.api.LocationName;
import io.backbeat.api.ObjectVersion;
import io.backbeat.api.ReplicationStatus;
import io.backbeat.api.SiteReplication;
import io.backbeat.api.SiteStatus;
import io.backbeat.job.Job;
import io.backbeat.job.JobEvent;
import io.backbeat.job.JobType;
import io.backbeat.memory.InMemoryStores;
import io.backbeat.queue.Delivery;
import io.backbeat.queue.QueueName;
import io.backbeat.status.FinishedAttempt;
import io.backbeat.status.NeedlessJob;
import io.backbeat.status.OutcomeSettler;
import io.backbeat.status.StatusChange;
import io.backbeat.status.StatusResult;
import io.backbeat.status.StatusStore;
import io.backbeat.status.TrackedStatus;
import io.backbeat.testing.Jobs;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Statuses that were read a moment ago, and what may be decided on them. */
class IntakeTest {
  private static final Job JOB = Jobs.aJob().revision("new").build();
  private static final LocationName PLACE = JOB.location();

  private final Map<ObjectVersion, TrackedStatus> now = new HashMap<>();
  private final Map<ObjectVersion, TrackedStatus> before = new HashMap<>();
  private final List<Job> dropped = new ArrayList<>();
  private int reads;

  private final StatusStore store =
      new StatusStore() {
        @Override
        public Map<ObjectVersion, TrackedStatus> find(Collection<ObjectVersion> objects) {
          reads++;
          return now;
        }

        @Override
        public Map<ObjectVersion, TrackedStatus> recent(Collection<ObjectVersion> objects) {
          return before;
        }

        @Override
        public List<StatusResult> apply(List<StatusChange> changes) {
          throw new UnsupportedOperationException();
        }
      };

  private final OutcomeSettler settler =
      new OutcomeSettler() {
        @Override
        public List<JobEvent> settle(List<FinishedAttempt> attempts) {
          throw new UnsupportedOperationException();
        }

        @Override
        public List<JobEvent> drop(List<NeedlessJob> needless, Instant at) {
          needless.forEach(n -> dropped.add(n.job()));
          return List.of();
        }
      };

  private static TrackedStatus status(String revision, SiteStatus status) {
    return new TrackedStatus(
        revision,
        new ReplicationStatus(JOB.object(), List.of(new SiteReplication(PLACE, status, ""))));
  }

  private List<Job> run() {
    Intake intake =
        new Intake(
            new QueueName(JobType.REPLICATION, PLACE),
            store,
            settler,
            new InMemoryStores().quarantine(),
            Clock.systemUTC());
    List<Delivery> deliveries = List.of(new Delivery.OfJob(JOB, 0, 0, 0));
    return intake.sort(deliveries, flight -> false).toRun().stream()
        .map(Delivery.OfJob::job)
        .toList();
  }

  @Test
  void job_that_a_recent_status_wants_is_run_without_another_read() {
    before.put(JOB.object(), status("new", SiteStatus.PENDING));

    assertThat(run()).containsExactly(JOB);
    assertThat(reads).isZero();
  }

  @Test
  void job_of_a_write_that_came_after_the_recent_status_is_run() {
    before.put(JOB.object(), status("old", SiteStatus.COMPLETED));
    now.put(JOB.object(), status("new", SiteStatus.PENDING));

    assertThat(run()).containsExactly(JOB);
    assertThat(dropped).isEmpty();
  }

  @Test
  void job_of_a_version_that_was_not_there_a_moment_ago_is_run() {
    now.put(JOB.object(), status("new", SiteStatus.PENDING));

    assertThat(run()).containsExactly(JOB);
  }

  @Test
  void job_that_is_done_now_is_dropped() {
    before.put(JOB.object(), status("new", SiteStatus.COMPLETED));
    now.put(JOB.object(), status("new", SiteStatus.COMPLETED));

    assertThat(run()).isEmpty();
    assertThat(dropped).containsExactly(JOB);
  }
}
