package io.backbeat.processor;

import io.backbeat.job.Job;
import io.backbeat.queue.Delivery;
import io.backbeat.queue.KeyedExecutor;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;

/** The jobs in hand, and their way into the executor. Owned by the queue's owner thread. */
final class Flights {
  private final KeyedExecutor executor;
  private final Function<Flight, Attempt> attempts;
  private final Map<Flight.Identity, Flight> inHand = new LinkedHashMap<>();
  private final Deque<Flight> waitingForRoom = new ArrayDeque<>();

  Flights(KeyedExecutor executor, Function<Flight, Attempt> attempts) {
    this.executor = executor;
    this.attempts = attempts;
  }

  /**
   * Takes a job in hand and starts it as soon as there is room; the same work again is folded into
   * the first.
   */
  void launch(Delivery.OfJob delivery) {
    Flight.Identity identity = Flight.Identity.of(delivery.job());
    Flight sameWork = inHand.get(identity);
    if (sameWork != null) {
      sameWork.fold(delivery);
      return;
    }
    Flight flight = new Flight(delivery);
    inHand.put(identity, flight);
    if (!waitingForRoom.isEmpty() || !offer(flight)) {
      waitingForRoom.add(flight);
    }
  }

  /** Starts what waits for room, as far as there is some. */
  void offerWaiting() {
    while (!waitingForRoom.isEmpty() && offer(waitingForRoom.peek())) {
      waitingForRoom.remove();
    }
  }

  private boolean offer(Flight flight) {
    Job job = flight.job();
    return executor.offer(job.object().orderingKey(), job.weight(), attempts.apply(flight));
  }

  boolean contains(Flight.Identity identity) {
    return inHand.containsKey(identity);
  }

  /** Lets go of a job that is settled, or is someone else's now. */
  void remove(Flight flight) {
    inHand.remove(Flight.Identity.of(flight.job()), flight);
  }

  /** Takes back whatever has not started. */
  void recall() {
    executor.clear();
    waitingForRoom.clear();
  }

  /**
   * Keeps some of the jobs and lets go of the others; those kept that are not running will be
   * started again.
   */
  void retain(Predicate<Flight> kept) {
    inHand.values().removeIf(kept.negate());
    waitingForRoom.clear();
    inHand.values().stream().filter(f -> !f.running()).forEach(waitingForRoom::add);
  }

  int size() {
    return inHand.size();
  }

  boolean anyWaiting() {
    return !waitingForRoom.isEmpty();
  }
}
