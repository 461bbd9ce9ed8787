package io.backbeat.cloudserver.transfer;

import io.backbeat.cloudserver.CloudServerException;
import io.backbeat.cloudserver.CloudServerFailure;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/**
 * Answers that several jobs need at about the same time: asked for once, kept for a moment, within
 * a limit. Errors are not kept. Thread-safe; whoever asks first asks on its own thread, the others
 * wait.
 */
public final class RecentAnswers<K, V> {
  /** Asks. An error that says the thread was interrupted counts as no answer. */
  @FunctionalInterface
  public interface Question<V> {
    /** The answer. */
    V ask() throws CloudServerException, InterruptedException;
  }

  private static final class Entry<V> {
    final CompletableFuture<V> answer = new CompletableFuture<>();
    final long weight;
    Instant until = Instant.MAX;

    Entry(long weight) {
      this.weight = weight;
    }
  }

  private final Clock clock;
  private final Duration keep;
  private final long limit;
  private final Map<K, Entry<V>> entries = new LinkedHashMap<>();
  private long weight;

  /**
   * Nothing is known yet.
   *
   * @param keep how long an answer is kept
   * @param limit the sum of the weights of what is kept
   */
  public RecentAnswers(Clock clock, Duration keep, long limit) {
    this.clock = clock;
    this.keep = keep;
    this.limit = limit;
  }

  /**
   * The answer, from before or new.
   *
   * @param weight of the answer, at least 1; one that does not fit is asked for by each on its own
   * @throws CloudServerException the same for all who waited for it
   */
  public V get(K key, long weight, Question<V> question)
      throws CloudServerException, InterruptedException {
    while (true) {
      Entry<V> known;
      Entry<V> mine = new Entry<>(weight);
      synchronized (this) {
        dropExpired();
        known = entries.get(key);
        if (known == null && !admit(key, mine)) {
          known = mine;
        }
      }
      if (known == null) {
        return ask(key, mine, question);
      }
      if (known == mine) {
        return question.ask();
      }
      try {
        return known.answer.get();
      } catch (ExecutionException e) {
        if (e.getCause() instanceof CloudServerException refused) {
          throw refused;
        }
        // Who asked was interrupted, or broke: that says nothing about the answer.
      }
    }
  }

  /** Forgets the answer, so that the next one is new; one that is being given is new already. */
  public synchronized void renew(K key) {
    Entry<V> known = entries.get(key);
    if (known != null && known.answer.isDone()) {
      forget(key, known);
    }
  }

  private V ask(K key, Entry<V> mine, Question<V> question)
      throws CloudServerException, InterruptedException {
    boolean answered = false;
    try {
      V answer = question.ask();
      synchronized (this) {
        mine.until = clock.instant().plus(keep);
      }
      mine.answer.complete(answer);
      answered = true;
      return answer;
    } catch (CloudServerException e) {
      if (!CloudServerFailure.isInterrupted(e)) { // an interrupt is nobody else's business
        forget(key, mine);
        mine.answer.completeExceptionally(e);
      }
      throw e;
    } finally {
      if (!answered) {
        forget(key, mine);
        mine.answer.completeExceptionally(new IllegalStateException("not answered"));
      }
    }
  }

  private boolean admit(K key, Entry<V> entry) {
    if (entry.weight > limit) {
      return false; // nothing needs to go for what does not fit anyway
    }
    Iterator<Entry<V>> oldest = entries.values().iterator();
    while (weight + entry.weight > limit && oldest.hasNext()) {
      Entry<V> candidate = oldest.next();
      if (candidate.answer.isDone()) {
        oldest.remove();
        weight -= candidate.weight;
      }
    }
    if (weight + entry.weight > limit) {
      return false;
    }
    entries.put(key, entry);
    weight += entry.weight;
    return true;
  }

  private void dropExpired() {
    Instant now = clock.instant();
    Iterator<Entry<V>> oldest = entries.values().iterator();
    while (oldest.hasNext()) {
      Entry<V> entry = oldest.next();
      if (!entry.until.isAfter(now)) {
        oldest.remove();
        weight -= entry.weight;
      } else if (!entry.until.equals(Instant.MAX)) {
        return; // what follows was asked for later
      }
    }
  }

  private synchronized void forget(K key, Entry<V> entry) {
    if (entries.remove(key, entry)) {
      weight -= entry.weight;
    }
  }
}
