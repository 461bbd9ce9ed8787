package io.backbeat.server.golden;

import io.backbeat.api.LocationName;
import io.backbeat.api.ServiceName;
import io.backbeat.embedded.EmbeddedOptions;
import io.backbeat.embedded.EmbeddedStore;
import io.backbeat.engine.BackbeatEngine;
import io.backbeat.monitoring.Meters;
import io.backbeat.prometheus.PrometheusMeters;
import io.backbeat.server.http.ErrorForm;
import io.backbeat.testing.MutableClock;
import java.nio.file.Path;
import java.time.Instant;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * The server with the locations of one recorded configuration, on an embedded store. The engine
 * behind it runs nothing; its store is exchanged for a new one whenever a record needs a state that
 * the last one is not in.
 */
final class Scene implements AutoCloseable {
  private final Recording recording;
  private final Path directory;
  private final MutableClock clock = new MutableClock(Instant.EPOCH);
  private final Outages stores;
  private final Meters meters = PrometheusMeters.create();
  private final BackbeatEngine engine;
  private final Map<ErrorForm, Listeners> listeners = new EnumMap<>(ErrorForm.class);
  private int worlds;
  private Optional<State> state = Optional.empty();
  private Set<Outages.Service> broken = Set.of();

  /** What makes one store as good as another: what was written into it, and whether that is all. */
  private record State(
      List<List<String>> redis, List<GoldenRecord.Node> nodes, boolean withObjects) {}

  Scene(Recording recording, String mode, Path directory) {
    this.recording = recording;
    this.directory = directory;
    this.stores = new Outages(open());
    this.engine =
        BackbeatEngine.builder(stores)
            .locations(names(recording.crrSites()))
            .locations(ServiceName.INGESTION, names(recording.ingestionSites(mode)))
            .locations(ServiceName.LIFECYCLE, names(recording.lifecycleSites()))
            .replication(
                (job, context) -> {
                  throw new AssertionError("nothing is to run: " + job);
                })
            .roles(Set.of())
            .clock(clock)
            .meters(meters)
            .build();
    for (ErrorForm form : ErrorForm.values()) {
      listeners.put(form, new Listeners(engine.operations(), clock, form));
    }
  }

  /**
   * What we answer to a record, in the state it was recorded in. An error is asked for once more in
   * the other form of errors.
   */
  Map<ErrorForm, List<Answer>> replay(GoldenRecord recorded) {
    GoldenRecord record = Requests.consistent(recorded);
    prepare(record);
    clock.set(record.now());
    Set<Outages.Service> down = EnumSet.noneOf(Outages.Service.class);
    down.addAll(broken);
    down.addAll(Environment.down(record.environment()));
    stores.down(down);
    Map<ErrorForm, List<Answer>> answers = new EnumMap<>(ErrorForm.class);
    answers.put(ErrorForm.THREE_KEY, send(record, ErrorForm.THREE_KEY));
    // What failed can be asked again, because it has changed nothing.
    if (answers.get(ErrorForm.THREE_KEY).stream().allMatch(answer -> answer.status() >= 400)) {
      answers.put(ErrorForm.ONE_KEY, send(record, ErrorForm.ONE_KEY));
    } else if (record.writes()) {
      state = Optional.empty();
    }
    stores.down(Set.of());
    return answers;
  }

  private List<Answer> send(GoldenRecord record, ErrorForm form) {
    return RawHttp.send(
        Objects.requireNonNull(listeners.get(form)).port(record),
        record.request(),
        Math.max(1, record.answers().size()),
        record.method().equals("HEAD"));
  }

  private void prepare(GoldenRecord record) {
    if (record.continued()) {
      world().known(Requests.named(record));
      return;
    }
    Placeholders times = new Placeholders(record.now());
    State wanted =
        new State(
            record.redis().stream()
                .map(command -> command.stream().map(times::resolve).toList())
                .toList(),
            record.nodes(),
            record.asksForFailures());
    if (!state.equals(Optional.of(wanted))) {
      clock.set(record.now());
      stores.exchange(open()).close();
      broken = Setup.write(world(), record);
    }
    state = Optional.of(wanted);
  }

  private World world() {
    return new World(stores.real(), clock, recording.mockMetadata());
  }

  private EmbeddedStore open() {
    EmbeddedOptions small = new EmbeddedOptions(clock, 1, 1, 0);
    return EmbeddedStore.open(directory.resolve("world-" + worlds++), small);
  }

  private static List<LocationName> names(List<String> sites) {
    return sites.stream().map(LocationName::of).toList();
  }

  @Override
  public void close() {
    listeners.values().forEach(Listeners::close);
    engine.close();
    meters.close();
    stores.close();
  }
}
