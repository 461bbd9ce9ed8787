package io.backbeat.server.serve;

import io.backbeat.workflow.BucketConfiguration;
import io.backbeat.workflow.LifecycleRule;
import io.backbeat.workflow.ReplicationRule;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Changes no bucket and says so: once for the many buckets of a document, at most once in ten
 * seconds. Thread-safe.
 */
final class NoObjectServer implements BucketConfiguration {
  private static final Logger LOG = LoggerFactory.getLogger(NoObjectServer.class);
  private static final long QUIET_NANOS = Duration.ofSeconds(10).toNanos();

  private final AtomicLong quietUntil = new AtomicLong(System.nanoTime());

  @Override
  public void putReplication(String bucket, List<ReplicationRule> rules) {
    warn(bucket);
  }

  @Override
  public void removeReplication(String bucket) {
    warn(bucket);
  }

  @Override
  public void putLifecycle(String bucket, List<LifecycleRule> rules) {
    warn(bucket);
  }

  @Override
  public void removeLifecycle(String bucket) {
    warn(bucket);
  }

  private void warn(String bucket) {
    long now = System.nanoTime();
    long until = quietUntil.get();
    if (now - until >= 0 && quietUntil.compareAndSet(until, now + QUIET_NANOS)) {
      LOG.warn(
          "workflows are kept, but buckets such as {} stay as they are: no object server is configured; give one in"
              + " backbeat.workflows, remove the workflows, and send them again",
          bucket);
    }
  }
}
