package io.backbeat.workflow;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * For an engine without an object server: workflows are kept, and no bucket follows them. Warns of
 * it, once for the many buckets of a document, at most once in ten seconds. Thread-safe.
 */
public final class NoObjectServer implements BucketConfiguration {
  private static final Logger LOG = LoggerFactory.getLogger(NoObjectServer.class);
  private static final long QUIET_NANOS = Duration.ofSeconds(10).toNanos();

  private final String remedy;
  private final AtomicLong quietUntil = new AtomicLong(System.nanoTime());

  /**
   * Changes nothing.
   *
   * @param remedy what to do to have an object server, for the warning
   */
  public NoObjectServer(String remedy) {
    this.remedy = remedy;
  }

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
          "workflows are kept, but buckets such as {} stay as they are: no object server is configured; {},"
              + " remove the workflows, and send them again",
          bucket,
          remedy);
    }
  }
}
