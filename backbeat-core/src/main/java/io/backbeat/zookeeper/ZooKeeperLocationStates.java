package io.backbeat.zookeeper;

import io.backbeat.api.LocationName;
import io.backbeat.api.LocationStatus;
import io.backbeat.api.ObservedState;
import io.backbeat.api.ServiceName;
import io.backbeat.api.TargetState;
import io.backbeat.location.LocationStateStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Desired states on the nodes of the original; observed ones on nodes of our own. */
final class ZooKeeperLocationStates implements LocationStateStore, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(ZooKeeperLocationStates.class);

  private final Nodes nodes;
  private final StatePaths paths;
  private final StateWatches watches;

  ZooKeeperLocationStates(Nodes nodes, StatePaths paths) {
    this.nodes = nodes;
    this.paths = paths;
    this.watches = new StateWatches(nodes, paths, this::find);
  }

  @Override
  public List<LocationStatus> list(ServiceName service) {
    List<LocationStatus> found = new ArrayList<>();
    for (String name : nodes.children(paths.root(service))) {
      location(name).flatMap(location -> find(service, location)).ifPresent(found::add);
    }
    return found;
  }

  static Optional<LocationName> location(String nodeName) {
    try {
      return Optional.of(LocationName.of(NodeName.decode(nodeName)));
    } catch (IllegalArgumentException noLocation) {
      log.debug("a state node that is no location: {}", nodeName);
      return Optional.empty();
    }
  }

  @Override
  public Optional<LocationStatus> find(ServiceName service, LocationName location) {
    return nodes
        .read(paths.desired(service, location))
        .map(node -> status(service, location, document(service, location, node), node.revision()));
  }

  private StateDocument document(ServiceName service, LocationName location, Node node) {
    return StateDocument.parse(node.text())
        .orElseThrow(
            () ->
                nodes.unreadable(
                    paths.desired(service, location), "JSON like {\"paused\":false}", node.text()));
  }

  private LocationStatus status(
      ServiceName service, LocationName location, StateDocument document, long revision) {
    return new LocationStatus(
        service,
        location,
        document.target(),
        observed(service, location),
        document.resumeAt(),
        revision);
  }

  private ObservedState observed(ServiceName service, LocationName location) {
    String text = nodes.read(paths.observed(service, location)).map(Node::text).orElse("");
    for (ObservedState state : ObservedState.values()) {
      if (state.name().equals(text)) {
        return state;
      }
    }
    return ObservedState.UNKNOWN;
  }

  @Override
  public Optional<LocationStatus> compareAndSet(
      ServiceName service,
      LocationName location,
      long expectedRevision,
      TargetState target,
      Optional<Instant> resumeAt) {
    // Refuses what is no state before anything is written.
    new LocationStatus(service, location, target, ObservedState.UNKNOWN, resumeAt, 0);
    Optional<StateDocument> written =
        expectedRevision == 0
            ? create(service, location, StateDocument.first(target, resumeAt))
            : replace(service, location, expectedRevision, target, resumeAt);
    Optional<LocationStatus> stored =
        written.map(document -> status(service, location, document, expectedRevision + 1));
    stored.ifPresent(watches::tell);
    return stored;
  }

  private Optional<StateDocument> create(
      ServiceName service, LocationName location, StateDocument first) {
    return nodes.create(paths.desired(service, location), first.text())
        ? Optional.of(first)
        : Optional.empty();
  }

  private Optional<StateDocument> replace(
      ServiceName service,
      LocationName location,
      long expectedRevision,
      TargetState target,
      Optional<Instant> resumeAt) {
    String path = paths.desired(service, location);
    Optional<Node> current = nodes.read(path).filter(node -> node.revision() == expectedRevision);
    if (current.isEmpty()) {
      return Optional.empty();
    }
    StateDocument changed = document(service, location, current.get()).with(target, resumeAt);
    return nodes.set(path, changed.text(), current.get().version()).isPresent()
        ? Optional.of(changed)
        : Optional.empty();
  }

  @Override
  public void observe(ServiceName service, LocationName location, ObservedState observed) {
    if (nodes.read(paths.desired(service, location)).isPresent()) {
      nodes.put(paths.observed(service, location), observed.name());
    }
  }

  @Override
  public AutoCloseable watch(Consumer<LocationStatus> listener) {
    return watches.add(listener);
  }

  @Override
  public void close() {
    watches.close();
  }
}
