package io.backbeat.monitoring;

import io.backbeat.health.SingleFlight;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks values up in several places at once. A place that fails or does not answer in time has no
 * values and is reported in {@link EngineMeters#READABLE}; the others have theirs. Each place is
 * asked by one thread at a time, so that one that hangs holds one thread, however often the meters
 * are asked for. Thread-safe.
 */
public final class LookUps implements Supplier<List<Reading>> {
  private static final Logger LOG = LoggerFactory.getLogger(LookUps.class);

  private record Asked(String name, SingleFlight<List<Reading>> values) {}

  private final List<Asked> places;
  private final Duration limit;

  /**
   * Looks up in some places.
   *
   * @param executor needs a thread for each place
   * @param limit how long to wait for all of them together
   */
  public LookUps(List<Place> places, Executor executor, Duration limit) {
    this.places =
        places.stream()
            .map(place -> new Asked(place.name(), new SingleFlight<>(place.values(), executor)))
            .toList();
    this.limit = limit;
  }

  /**
   * Where values are known.
   *
   * @param name for the label
   * @param values thread-safe
   */
  public record Place(String name, Supplier<List<Reading>> values) {}

  @Override
  public List<Reading> get() {
    long end = System.nanoTime() + limit.toNanos();
    List<CompletableFuture<List<Reading>>> asked =
        places.stream().map(place -> place.values().ask()).toList();
    List<Reading> readings = new ArrayList<>();
    for (int i = 0; i < places.size(); i++) {
      String name = places.get(i).name();
      Optional<List<Reading>> found = await(name, asked.get(i), end);
      found.ifPresent(readings::addAll);
      readings.add(Reading.of(EngineMeters.READABLE, found.isPresent() ? 1 : 0, name));
    }
    return readings;
  }

  private Optional<List<Reading>> await(
      String name, CompletableFuture<List<Reading>> asked, long end) {
    try {
      return Optional.of(asked.get(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS));
    } catch (TimeoutException e) {
      LOG.debug("meters of {} are not known within {}", name, limit);
    } catch (ExecutionException e) {
      LOG.debug("meters of {} cannot be read", name, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return Optional.empty();
  }
}
