package io.backbeat.health;

import io.backbeat.api.ComponentHealth;
import io.backbeat.api.TopicHealth;
import io.backbeat.queue.JobQueue;
import io.backbeat.queue.QueueName;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/** Finds out which topics there are, and how they are. Thread-safe. */
public final class TopicsProbe {
  private static final String COMPONENT = "topics";

  /** What was found: topics, or why there are none. */
  record Found(List<TopicHealth> topics, Optional<ComponentHealth> trouble) {}

  private final Supplier<List<TopicHealth>> topics;

  /** There are no topics. */
  public static TopicsProbe none() {
    return new TopicsProbe(List::of);
  }

  /** The topic of a queue, which is that of all queues of its type. */
  public static TopicsProbe of(JobQueue queue, QueueName name) {
    return new TopicsProbe(() -> queue.topic(name).stream().toList());
  }

  private TopicsProbe(Supplier<List<TopicHealth>> topics) {
    this.topics = topics;
  }

  SingleFlight<List<TopicHealth>> on(Executor executor) {
    return new SingleFlight<>(topics, executor);
  }

  static Found await(
      CompletableFuture<List<TopicHealth>> asked, Duration remaining, Duration deadline) {
    try {
      return new Found(
          asked.get(Math.max(0, remaining.toNanos()), TimeUnit.NANOSECONDS), Optional.empty());
    } catch (TimeoutException e) {
      return unknown("no answer within " + deadline);
    } catch (ExecutionException e) {
      return unknown(e.getCause() == null ? e.toString() : e.getCause().toString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return unknown("interrupted while waiting for the answer");
    }
  }

  private static Found unknown(String reason) {
    return new Found(
        List.of(),
        Optional.of(new ComponentHealth(COMPONENT, ComponentHealth.State.FAILING, reason)));
  }
}
