package io.backbeat.explanation;

import io.backbeat.api.BackbeatException;
import io.backbeat.api.LocationName;
import io.backbeat.api.Transition;
import io.backbeat.api.Transition.Event;
import io.backbeat.job.JobEvent;
import io.backbeat.status.HistoryKey;
import io.backbeat.status.TransitionStore;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the histories of jobs and destinations. Hearing an event only puts it into a buffer; {@link
 * #flush} writes what was heard, so a crash forgets what came after the last one. Bounded: when the
 * buffer is full, the oldest is given up and counted. A store that does not answer fails nobody:
 * what could not be written is tried again, and the trouble logged once.
 *
 * <p>{@link #on} may be called by any thread; {@link #flush} by one at a time.
 */
public final class HistoryRecorder implements JobEvent.Listener {
  private static final Logger LOG = LoggerFactory.getLogger(HistoryRecorder.class);
  private static final int MAX_CERTAIN = 20_000;
  private static final int MAX_PERHAPS = 50_000;

  /**
   * A job may be completed before it is told that it was queued; within a millisecond, the events
   * come in the order of their way.
   */
  private static final Comparator<Step> AS_IT_HAPPENED =
      Comparator.<Step, Instant>comparing(step -> step.transition().at())
          .thenComparing(step -> step.transition().event());

  private final TransitionStore store;
  private final HistoryOptions options;
  private final Supplier<Map<LocationName, DestinationState>> destinations;
  private final Clock clock;
  private final ArrayDeque<Step> certain = new ArrayDeque<>(); // guarded by this
  private final ArrayDeque<Step> perhaps = new ArrayDeque<>(); // guarded by this
  private long dropped; // guarded by this

  // Owned by whoever flushes.
  private final Map<LocationName, DestinationState> seen = new HashMap<>();
  private boolean failing;

  /**
   * Prepares a recorder; nothing is written before {@link #flush}.
   *
   * @param destinations the destinations whose jobs this process runs, asked at each flush
   */
  public HistoryRecorder(
      TransitionStore store,
      HistoryOptions options,
      Supplier<Map<LocationName, DestinationState>> destinations,
      Clock clock) {
    this.store = store;
    this.options = options;
    this.destinations = destinations;
    this.clock = clock;
  }

  @Override
  public void on(JobEvent event) {
    Step.of(event).ifPresent(this::add);
  }

  private synchronized void add(Step step) {
    boolean kept = step.trouble() || options.detail() == HistoryOptions.Detail.EVERYTHING;
    ArrayDeque<Step> buffer = kept ? certain : perhaps;
    if (buffer.size() >= (kept ? MAX_CERTAIN : MAX_PERHAPS)) {
      buffer.removeFirst();
      dropped++;
    }
    buffer.addLast(step);
  }

  /** How many transitions were given up so far because the buffer was full. */
  public synchronized long dropped() {
    return dropped;
  }

  /** Writes what was heard since the last time. Never fails. */
  public void flush() {
    observe();
    List<Step> kept;
    List<Step> keptIfKnown;
    synchronized (this) {
      kept = List.copyOf(certain);
      keptIfKnown = List.copyOf(perhaps);
      certain.clear();
      perhaps.clear();
    }
    try {
      write(kept, keptIfKnown);
      failing = false;
    } catch (BackbeatException e) {
      if (!failing) {
        LOG.warn("histories of objects cannot be written, will try again: {}", e.getMessage());
      }
      failing = true;
      putBack(kept);
    }
  }

  private void write(List<Step> kept, List<Step> keptIfKnown) {
    Set<HistoryKey> begun = kept.stream().map(Step::history).collect(Collectors.toSet());
    Set<HistoryKey> unknown =
        keptIfKnown.stream()
            .map(Step::history)
            .filter(history -> !begun.contains(history))
            .collect(Collectors.toSet());
    Set<HistoryKey> known = unknown.isEmpty() ? Set.of() : store.known(unknown);
    List<Step> all = new ArrayList<>(kept);
    keptIfKnown.stream()
        .filter(step -> begun.contains(step.history()) || known.contains(step.history()))
        .forEach(all::add);
    if (!all.isEmpty()) {
      store.append(byHistory(all), options.retention());
    }
  }

  private static Map<HistoryKey, List<Transition>> byHistory(List<Step> steps) {
    return steps.stream()
        .sorted(AS_IT_HAPPENED)
        .collect(
            Collectors.groupingBy(
                Step::history,
                LinkedHashMap::new,
                Collectors.mapping(Step::transition, Collectors.toList())));
  }

  /** Before what was heard meanwhile; the oldest goes if there is no room for all. */
  private synchronized void putBack(List<Step> unwritten) {
    for (int i = unwritten.size() - 1; i >= 0; i--) {
      if (certain.size() >= MAX_CERTAIN) {
        dropped++;
      } else {
        certain.addFirst(unwritten.get(i));
      }
    }
  }

  private void observe() {
    destinations
        .get()
        .forEach(
            (location, now) -> {
              DestinationState before =
                  Objects.requireNonNullElse(seen.put(location, now), DestinationState.UP);
              if (now.down() && now.until().isPresent() && !now.until().equals(before.until())) {
                add(location, Event.DESTINATION_DOWN, now);
              } else if (before.down() && !now.down()) {
                add(location, Event.DESTINATION_UP, now);
              }
            });
  }

  private void add(LocationName location, Event event, DestinationState state) {
    add(
        new Step(
            HistoryKey.of(location),
            new Transition(
                Step.time(clock.instant()),
                event,
                0,
                state.until().map(Step::time),
                "",
                Step.shortened(state.message())),
            true));
  }
}
