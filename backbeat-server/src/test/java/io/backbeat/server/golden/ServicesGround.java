package io.backbeat.server.golden;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.backbeat.api.BackbeatException;
import io.backbeat.api.LocationName;
import io.backbeat.api.ServiceName;
import io.backbeat.health.HealthProbe;
import io.backbeat.job.JobEvent;
import io.backbeat.redis.RedisStore;
import io.backbeat.server.cluster.ServiceStores;
import io.backbeat.server.golden.Outages.Service;
import io.backbeat.testing.MutableClock;
import io.backbeat.zookeeper.ZooKeeperOptions;
import io.backbeat.zookeeper.ZooKeeperState;
import io.backbeat.zookeeper.ZooKeeperStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * The recorded state in a real Redis and a real ZooKeeper, as it is but for version ids that no
 * server gives, read through their adapters; what Redis knows of failures is taken into the ledger,
 * as when the original is replaced. Whatever else there is, is on the embedded store. Redis and
 * ZooKeeper are really stopped for the records that were made without them.
 */
final class ServicesGround extends Ground {
  /** Calls wait so long while ZooKeeper is down. */
  private static final Duration SHORT = Duration.ofMillis(400);

  private final Recording recording;
  private final String mode;
  private final MutableClock clock;
  private final RealServices services;
  private final Map<String, Effects> effects;
  private final ZooKeeperStore zookeeper;
  private final AtomicReference<ServiceStores> current;
  private final Outages stores;
  private final Set<Service> stopped = EnumSet.noneOf(Service.class);
  private Channels channels;

  /**
   * What a request did beside being answered.
   *
   * @param published messages, without our own member
   * @param nodes by path: what the locations hold that the recorded messages are for
   * @param redis the whole Redis, if that of the original was looked at
   */
  record Effects(
      List<GoldenRecord.Message> published,
      Map<String, String> nodes,
      Optional<ObjectNode> redis) {}

  /**
   * Begins on services that nobody else uses meanwhile.
   *
   * @param effects where to tell what records did, by their ids
   */
  ServicesGround(
      Recording recording,
      String mode,
      MutableClock clock,
      Path directory,
      RealServices services,
      Map<String, Effects> effects) {
    super(recording, clock, directory);
    this.recording = recording;
    this.mode = mode;
    this.clock = clock;
    this.services = services;
    this.effects = effects;
    this.zookeeper =
        ZooKeeperStore.open(
            ZooKeeperOptions.of(services.zookeeper().hosts())
                .withTimeouts(ZooKeeperOptions.SESSION_TIMEOUT, SHORT)
                .withTestPaths(isCi()),
            clock);
    awaitZooKeeper();
    this.current = new AtomicReference<>(compose());
    this.stores = new LateProbes(current);
    this.channels = new Channels(services.redis());
  }

  private boolean isCi() {
    return mode.equals("ci");
  }

  /** With a new connection to Redis, so that nothing is remembered of the state before. */
  private ServiceStores compose() {
    RedisStore redis = RedisStore.open(services.redis().bareOptions().withTestNames(isCi()), clock);
    return new ServiceStores(open(), redis, zookeeper, recording.topics());
  }

  /** Probes of whatever is in use when they are asked. */
  private static final class LateProbes extends Outages {
    private final AtomicReference<ServiceStores> current;

    LateProbes(AtomicReference<ServiceStores> current) {
      super(current.get(), Service.MONGODB);
      this.current = current;
    }

    @Override
    public List<HealthProbe> probes() {
      Stream<HealthProbe> late =
          current.get().probes().stream()
              .map(HealthProbe::component)
              .map(name -> new HealthProbe(name, () -> probe(name).check().get()));
      return Stream.concat(super.probes().stream(), late).toList();
    }

    private HealthProbe probe(String name) {
      return current.get().probes().stream()
          .filter(probe -> probe.component().equals(name))
          .findFirst()
          .orElseThrow();
    }
  }

  @Override
  Outages stores() {
    return stores;
  }

  @Override
  Set<Service> lay(GoldenRecord record) {
    // Whoever asks for failures gets the one version that CloudServer knew; others count versions.
    UnaryOperator<String> version =
        record.asksForFailures() ? FailedMember::knownVersion : FailedMember::ownVersion;
    List<List<String>> commands =
        record.resolvedRedis().stream()
            .map(command -> FailedMember.consistent(command, version))
            .toList();
    services.recordedRedis().reset(commands);
    services.recordedZooKeeper().reset(nodes(record));
    ServiceStores next = compose();
    current.set(next);
    stores.exchange(next).close();
    List<FailedMember> members =
        commands.stream()
            .filter(command -> command.get(0).equals("ZADD"))
            .flatMap(command -> FailedMember.of(command).stream())
            .toList();
    world().known(FailedMember.sites(members));
    world().known(Requests.named(record));
    takeOver(next);
    world().gone(FailedMember.sites(members).keySet(), record.sourceGone());
    channels.heard();
    return Set.of();
  }

  private void takeOver(ServiceStores next) {
    List<LocationName> locations = recording.crrSites().stream().map(LocationName::of).toList();
    try {
      next.importFailures(locations, clock);
    } catch (BackbeatException wrongType) {
      // A set that is none: the operator is told, and what it holds is not known.
    }
  }

  /** Those that processors of the original make when they start, then what the record says. */
  private Map<String, Optional<String>> nodes(GoldenRecord record) {
    Map<String, Optional<String>> nodes = new LinkedHashMap<>();
    for (String site : recording.crrSites()) {
      nodes.put(
          Commands.node(isCi(), ServiceName.REPLICATION, site), Optional.of("{\"paused\":false}"));
    }
    for (String site : recording.ingestionSites(mode)) {
      nodes.put(
          Commands.node(isCi(), ServiceName.INGESTION, site), Optional.of("{\"paused\":true}"));
    }
    List<GoldenRecord.Node> written = new ArrayList<>(Commands.before(record, recording.topics()));
    written.addAll(record.nodes());
    written.forEach(node -> nodes.put(node.path(), node.data()));
    return nodes;
  }

  @Override
  void answered(GoldenRecord record) {
    if (stopped.contains(Service.REDIS) || stopped.contains(Service.ZOOKEEPER)) {
      return;
    }
    Optional<ObjectNode> dump = Optional.empty();
    if (record.effects().redis().isPresent()) {
      current.get().finish();
      dump = Optional.of(services.recordedRedis().dump());
    }
    Map<String, String> nodes = new LinkedHashMap<>();
    for (GoldenRecord.Message message : record.effects().published()) {
      String path = Commands.node(record, message, recording.topics());
      nodes.put(path, services.recordedZooKeeper().read(path).orElse("missing"));
    }
    effects.put(
        record.id(),
        new Effects(
            channels.heard().stream().map(Commands::withoutRevision).toList(), nodes, dump));
  }

  @Override
  public void on(JobEvent event) {
    current.get().on(event);
  }

  @Override
  void down(Set<Service> wanted) {
    stores.down(wanted);
    redis(wanted.contains(Service.REDIS));
    zookeeper(wanted.contains(Service.ZOOKEEPER));
  }

  private void redis(boolean down) {
    if (down && stopped.add(Service.REDIS)) {
      channels.close();
      services.redis().stop();
    } else if (!down && stopped.remove(Service.REDIS)) {
      services.redis().restart();
      channels = new Channels(services.redis());
    }
  }

  private void zookeeper(boolean down) {
    try {
      if (down && stopped.add(Service.ZOOKEEPER)) {
        services.zookeeper().stop();
      } else if (!down && stopped.remove(Service.ZOOKEEPER)) {
        services.zookeeper().restart();
        awaitZooKeeper();
      }
    } catch (Exception e) {
      throw new AssertionError("ZooKeeper could not be stopped or started", e);
    }
  }

  private void awaitZooKeeper() {
    await()
        .pollInterval(Duration.ofMillis(20))
        .atMost(Duration.ofSeconds(30))
        .until(() -> zookeeper.state() == ZooKeeperState.SYNC_CONNECTED);
  }

  @Override
  public void close() {
    down(Set.of());
    channels.close();
    stores.close();
    zookeeper.close();
  }
}
