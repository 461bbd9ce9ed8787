package io.backbeat.server.cluster;

import io.backbeat.api.LocationName;
import io.backbeat.api.ServiceName;
import io.backbeat.health.HealthProbe;
import io.backbeat.job.JobEvent;
import io.backbeat.kafka.FailedNotices;
import io.backbeat.location.LocationStateStore;
import io.backbeat.metrics.CounterStore;
import io.backbeat.metrics.JobMetrics;
import io.backbeat.redis.RedisStore;
import io.backbeat.server.profile.FailureIndex;
import io.backbeat.store.Stores;
import io.backbeat.testing.DelegatingStores;
import io.backbeat.workflow.WorkflowStateStore;
import io.backbeat.zookeeper.ZooKeeperStore;
import java.time.Clock;
import java.util.List;
import java.util.Map;

/**
 * Redis and ZooKeeper put together as in the cluster profile, with another store in the place of
 * MongoDB and Kafka.
 */
public final class ServiceStores extends DelegatingStores implements JobEvent.Listener {
  private final Stores others;
  private final RedisStore redis;
  private final ZooKeeperStore zookeeper;
  private final LocationStateStore locationStates;
  private final FailureView view;
  private final JobMetrics metrics;

  /**
   * Puts them together.
   *
   * @param others everything that is neither in Redis nor in ZooKeeper; closed with this
   * @param redis closed with this
   * @param zookeeper stays the caller's to close
   * @param topics those that channels are named after
   */
  public ServiceStores(
      Stores others, RedisStore redis, ZooKeeperStore zookeeper, Map<ServiceName, String> topics) {
    super(others);
    this.others = others;
    this.redis = redis;
    this.zookeeper = zookeeper;
    this.locationStates =
        new AnnouncingLocationStates(
            new ServiceLocationStates(zookeeper.locationStates(), others.locationStates()),
            redis.commands(topics));
    this.view = new FailureView(redis.failedIndex());
    this.metrics = new JobMetrics(redis.counters());
  }

  /** Takes the failures in Redis into the ledger, as {@code backbeat index import} does. */
  public FailureIndex.Changes importFailures(List<LocationName> locations, Clock clock) {
    FailedNotices notices = ClusterReaders.notices(this, clock);
    return new LedgerFailureIndex(failedJobs(), redis, notices)
        .importFailures(new FailureIndex.Selection(locations, false));
  }

  @Override
  public LocationStateStore locationStates() {
    return locationStates;
  }

  @Override
  public CounterStore counters() {
    return redis.counters();
  }

  @Override
  public WorkflowStateStore workflowStates() {
    return zookeeper.workflowStates();
  }

  /** One for Redis and one for ZooKeeper. */
  @Override
  public List<HealthProbe> probes() {
    return List.of(
        HealthProbe.answering("redis", redis::ping), ClusterServices.zookeeperProbe(zookeeper));
  }

  @Override
  public void on(JobEvent event) {
    view.on(event);
    metrics.on(event);
  }

  /**
   * Writes what a running engine writes soon: the index of failures and the counters. Nothing is to
   * happen after that.
   */
  public void finish() {
    view.close();
    metrics.flush();
  }

  @Override
  public void close() {
    view.close();
    redis.close();
    others.close();
  }
}
