package io.backbeat.zookeeper;

import io.backbeat.location.LocationStateStore;
import io.backbeat.log.LogPositionStore;
import io.backbeat.store.Leadership;
import io.backbeat.workflow.WorkflowStateStore;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.CuratorFrameworkFactory;
import org.apache.curator.retry.RetryUntilElapsed;

/**
 * Everything that is on one ZooKeeper, below the chroot of the connection string. Connects in the
 * background and again by itself, also after a session has expired. Thread-safe; its parts share
 * one session. Needs servers of version 3.6 or later for changes of other processes to be noticed.
 *
 * <p>Every write is durable on a majority of servers when a call returns. Calls wait for a
 * connection no longer than {@link ZooKeeperOptions#connectionTimeout}, then fail with {@link
 * io.backbeat.api.BackbeatException} INTERNAL_ERROR.
 */
public final class ZooKeeperStore implements AutoCloseable {
  /** Where the original's populator keeps its positions, unless configured otherwise. */
  public static final String POPULATOR_PATH = "/queue-populator";

  private static final int PAUSE_MILLIS = 100;

  private final CuratorFramework client;
  private final Nodes nodes;
  private final Clock clock;
  private final ZooKeeperLocationStates locationStates;
  private final ZooKeeperWorkflowStates workflowStates;
  private final Map<String, ZooKeeperPositions> positions = new ConcurrentHashMap<>();
  private final Map<String, ZooKeeperLeadership> leaderships = new ConcurrentHashMap<>();
  private volatile ZooKeeperState state = ZooKeeperState.DISCONNECTED;
  private volatile boolean closed;

  private ZooKeeperStore(ZooKeeperOptions options, Clock clock) {
    int connectionMillis = (int) options.connectionTimeout().toMillis();
    this.client =
        CuratorFrameworkFactory.builder()
            .connectString(options.hosts())
            .sessionTimeoutMs((int) options.sessionTimeout().toMillis())
            .connectionTimeoutMs(connectionMillis)
            .retryPolicy(new RetryUntilElapsed(connectionMillis, PAUSE_MILLIS))
            // Servers may know each other by addresses that mean nothing here.
            .ensembleTracker(false)
            .dontUseContainerParents()
            .build();
    this.clock = clock;
    this.nodes = new Nodes(client, options);
    this.locationStates = new ZooKeeperLocationStates(nodes, new StatePaths(options.testPaths()));
    this.workflowStates = new ZooKeeperWorkflowStates(nodes);
    client
        .getConnectionStateListenable()
        .addListener((curator, changed) -> state = ZooKeeperState.of(changed));
    client.start();
  }

  /**
   * Opens the store; does not wait for a connection.
   *
   * @param clock what time it is; decides which backlog nodes are stale
   * @throws IllegalStateException if Curator or ZooKeeper is not on the class path; names what to
   *     add
   */
  public static ZooKeeperStore open(ZooKeeperOptions options, Clock clock) {
    require("org.apache.zookeeper.ZooKeeper", "org.apache.zookeeper:zookeeper");
    require(
        "org.apache.curator.framework.recipes.cache.CuratorCache",
        "org.apache.curator:curator-recipes");
    return new ZooKeeperStore(options, clock);
  }

  private static void require(String className, String artifact) {
    try {
      Class.forName(className, false, ZooKeeperStore.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(
          "ZooKeeper needs " + artifact + "; add that artifact to the class path", e);
    }
  }

  /**
   * States of replication and ingestion on the nodes of the original, {@code
   * /backbeat/replication/state/<location>} and {@code /backbeat/ingestion/state/<location>}; those
   * of lifecycle, which the original keeps elsewhere, alike. The revision of a state is the version
   * of its node and one: it counts writes of the original too. A node that holds no JSON is an
   * error that names it, also for a list of all; a retry does not help until somebody has mended
   * it.
   */
  public LocationStateStore locationStates() {
    return locationStates;
  }

  /** Positions below {@link #POPULATOR_PATH}. */
  public LogPositionStore positions() {
    return positions(POPULATOR_PATH);
  }

  /**
   * Positions at {@code <path><path>/logState/<log name>/logOffset}, the path applied twice as the
   * original does. A save fails with CONFLICT if another process has saved since this one read or
   * saved last: load the position again and go on from there.
   *
   * @param zookeeperPath {@code queuePopulator.zookeeperPath} of the configuration, begins with a
   *     slash and ends with none
   */
  public LogPositionStore positions(String zookeeperPath) {
    if (!zookeeperPath.matches("(/[^/]+)+")) {
      throw new IllegalArgumentException(
          "queuePopulator.zookeeperPath must be like /queue-populator, was " + zookeeperPath);
    }
    return positions.computeIfAbsent(zookeeperPath, path -> new ZooKeeperPositions(nodes, path));
  }

  /** Workflows in force, at {@code /<service>/management/serviceState}. */
  public WorkflowStateStore workflowStates() {
    return workflowStates;
  }

  /**
   * Which process does what, by an election for each task. Not leading is the answer until this
   * process has been elected, whenever the connection is lost, and after {@link #close}.
   *
   * @param processName shown in the nodes of elections; better one that no other process has
   */
  public Leadership leadership(String processName) {
    if (closed) {
      throw new IllegalStateException("the ZooKeeper store is closed");
    }
    return leaderships.computeIfAbsent(processName, name -> new ZooKeeperLeadership(nodes, name));
  }

  /**
   * The nodes by which consumers of Kafka tell how far they are.
   *
   * @param path {@code kafka.backlogMetrics.zkPath} of the configuration
   * @param interval how often they tell; what is older than two intervals does not count
   */
  public BacklogNodes backlog(String path, Duration interval) {
    return new BacklogNodes(nodes, path, interval, clock);
  }

  /**
   * A new candidate in the dealing of provisions among processes; to be closed before the store.
   *
   * @param path the node above {@code leaders}, {@code owners} and {@code provisions}, such as
   *     {@code /queue-populator/raft-id-dispatcher}
   * @param check how long a change that nobody told of goes unnoticed at most; usually a minute
   */
  public ProvisionDispatcher provisions(String path, Duration check) {
    return new ProvisionDispatcher(nodes, path, check, this::state);
  }

  /** State of the session; asks nobody. */
  public ZooKeeperState state() {
    return state;
  }

  /**
   * Asks for a sign of life, and whether the chroot is there.
   *
   * @throws io.backbeat.api.BackbeatException INTERNAL_ERROR if there is no answer within the
   *     time-out, or no chroot
   */
  public void ping() {
    nodes.children("/backbeat-java");
  }

  Nodes nodes() {
    return nodes;
  }

  /** Leaves elections and ends the session. Idempotent. */
  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    leaderships.values().forEach(ZooKeeperLeadership::close);
    locationStates.close();
    client.close();
    state = ZooKeeperState.DISCONNECTED;
  }
}
