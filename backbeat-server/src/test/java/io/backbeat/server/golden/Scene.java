package io.backbeat.server.golden;

import io.backbeat.api.LocationName;
import io.backbeat.api.ServiceName;
import io.backbeat.engine.BackbeatEngine;
import io.backbeat.monitoring.Meters;
import io.backbeat.prometheus.PrometheusMeters;
import io.backbeat.server.http.ErrorForm;
import io.backbeat.testing.MutableClock;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * The server with the locations of one recorded configuration. The engine behind it runs nothing;
 * the ground below it is laid anew whenever a record needs a state that the last one is not in.
 */
final class Scene implements AutoCloseable {
  private final Ground ground;
  private final MutableClock clock;
  private final Meters meters = PrometheusMeters.create();
  private final BackbeatEngine engine;
  private final Map<ErrorForm, Listeners> listeners = new EnumMap<>(ErrorForm.class);
  private Optional<State> state = Optional.empty();
  private Set<Outages.Service> broken = Set.of();

  /** What makes one state as good as another: what was written, and whether that is all. */
  private record State(
      List<List<String>> redis,
      List<GoldenRecord.Node> nodes,
      boolean withObjects,
      List<GoldenRecord.Message> published) {}

  /** Builds the server; the ground is closed with it. */
  Scene(Recording recording, String mode, Ground ground, MutableClock clock) {
    this.ground = ground;
    this.clock = clock;
    this.engine =
        BackbeatEngine.builder(ground.stores())
            .locations(names(recording.crrSites()))
            .locations(ServiceName.INGESTION, names(recording.ingestionSites(mode)))
            .locations(ServiceName.LIFECYCLE, names(recording.lifecycleSites()))
            .replication(
                (job, context) -> {
                  throw new AssertionError("nothing is to run: " + job);
                })
            .roles(Set.of())
            .listener(ground)
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
    clock.set(record.decidedAt());
    Set<Outages.Service> down = EnumSet.noneOf(Outages.Service.class);
    down.addAll(broken);
    down.addAll(Environment.down(record.environment()));
    ground.down(down);
    Map<ErrorForm, List<Answer>> answers = new EnumMap<>(ErrorForm.class);
    answers.put(ErrorForm.THREE_KEY, send(record, ErrorForm.THREE_KEY));
    // What failed can be asked again, because it has changed nothing.
    if (answers.get(ErrorForm.THREE_KEY).stream().allMatch(answer -> answer.status() >= 400)) {
      answers.put(ErrorForm.ONE_KEY, send(record, ErrorForm.ONE_KEY));
    } else {
      ground.answered(record);
      state = record.writes() ? Optional.empty() : state;
    }
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
      ground.world().known(Requests.named(record));
      return;
    }
    State wanted =
        new State(
            record.resolvedRedis(),
            record.nodes(),
            record.asksForFailures(),
            record.effects().published());
    if (!state.equals(Optional.of(wanted))) {
      clock.set(record.now());
      ground.down(Set.of());
      broken = ground.lay(record);
    }
    state = Optional.of(wanted);
  }

  private static List<LocationName> names(List<String> sites) {
    return sites.stream().map(LocationName::of).toList();
  }

  @Override
  public void close() {
    listeners.values().forEach(Listeners::close);
    engine.close();
    meters.close();
    ground.close();
  }
}
