package io.backbeat.workflow;

import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** For an engine without an object server: workflows are kept, buckets have nothing to follow. */
public final class LoggedBucketConfiguration implements BucketConfiguration {
  private static final Logger LOG = LoggerFactory.getLogger(LoggedBucketConfiguration.class);

  /** Has no state. */
  public LoggedBucketConfiguration() {}

  @Override
  public void putReplication(String bucket, List<ReplicationRule> rules) {
    LOG.info("{}: no object server to tell of {} replication rules", bucket, rules.size());
  }

  @Override
  public void removeReplication(String bucket) {
    LOG.info("{}: no object server to tell that replication ends", bucket);
  }

  @Override
  public void putLifecycle(String bucket, List<LifecycleRule> rules) {
    LOG.info("{}: no object server to tell of {} lifecycle rules", bucket, rules.size());
  }

  @Override
  public void removeLifecycle(String bucket) {
    LOG.info("{}: no object server to tell that lifecycle ends", bucket);
  }
}
