package io.backbeat.metrics;

import io.backbeat.api.ServiceName;
import io.backbeat.job.Job;
import io.backbeat.job.JobEvent;
import io.backbeat.job.JobType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What events of jobs do to counters. Pure. Only {@link JobType#REPLICATION} jobs are counted, as
 * service {@link ServiceName#REPLICATION}; an event of another type changes nothing.
 *
 * <table>
 * <caption>Effects</caption>
 * <tr><th>event</th><th>pending gauges</th><th>series</th></tr>
 * <tr><td>Queued</td><td>+1 operation, +bytes</td><td>OPS, BYTES</td></tr>
 * <tr><td>Requeued</td><td>+1 operation, +bytes</td><td></td></tr>
 * <tr><td>Completed</td><td>-1 operation, -bytes</td><td>OPS_DONE, BYTES_DONE</td></tr>
 * <tr><td>Failed</td><td>-1 operation, -bytes</td><td>OPS_FAIL, BYTES_FAIL</td></tr>
 * <tr><td>Dropped</td><td>-1 operation, -bytes</td><td></td></tr>
 * <tr><td>AttemptFailed</td><td></td><td></td></tr>
 * <tr><td>TransferStarted</td><td></td><td>OBJECT_BYTES of the object</td></tr>
 * <tr><td>BytesTransferred</td><td></td><td>OBJECT_BYTES_DONE of the object</td></tr>
 * </table>
 */
final class JobEffects {
  private final Map<CounterKey, Long> deltas = new HashMap<>();

  private JobEffects() {}

  /** The sum of the effects of some events, per counter; counters whose sum is 0 are left out. */
  static Map<CounterKey, Long> deltas(List<JobEvent> events) {
    JobEffects effects = new JobEffects();
    events.forEach(effects::of);
    effects.deltas.values().removeIf(sum -> sum == 0);
    return effects.deltas;
  }

  private void of(JobEvent event) {
    Job job = event.job();
    if (!job.key().type().equals(JobType.REPLICATION)) {
      return;
    }
    if (event instanceof JobEvent.Queued) {
      pending(job, 1);
      operation(job, Counter.OPS, Counter.BYTES);
    } else if (event instanceof JobEvent.Requeued) {
      pending(job, 1);
    } else if (event instanceof JobEvent.Completed) {
      pending(job, -1);
      operation(job, Counter.OPS_DONE, Counter.BYTES_DONE);
    } else if (event instanceof JobEvent.Failed) {
      pending(job, -1);
      operation(job, Counter.OPS_FAIL, Counter.BYTES_FAIL);
    } else if (event instanceof JobEvent.Dropped) {
      pending(job, -1);
    } else if (event instanceof JobEvent.TransferStarted) {
      object(job, Counter.OBJECT_BYTES, job.bytes());
    } else if (event instanceof JobEvent.BytesTransferred transferred) {
      object(job, Counter.OBJECT_BYTES_DONE, transferred.bytes());
    }
  }

  private void pending(Job job, int sign) {
    location(job, Counter.OPS_PENDING, sign);
    location(job, Counter.BYTES_PENDING, sign * job.bytes());
  }

  private void operation(Job job, Counter operations, Counter bytes) {
    location(job, operations, 1);
    location(job, bytes, job.bytes());
  }

  private void location(Job job, Counter counter, long delta) {
    add(CounterKey.of(ServiceName.REPLICATION, job.location(), counter), delta);
  }

  private void object(Job job, Counter counter, long delta) {
    add(
        new CounterKey(ServiceName.REPLICATION, job.location(), Optional.of(job.object()), counter),
        delta);
  }

  private void add(CounterKey key, long delta) {
    deltas.merge(key, delta, Long::sum);
  }
}
