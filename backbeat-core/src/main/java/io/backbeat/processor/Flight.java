package io.backbeat.processor;

import io.backbeat.job.Job;
import io.backbeat.job.JobKey;
import io.backbeat.queue.Delivery;
import java.util.ArrayList;
import java.util.List;

/**
 * One job in hand, with every delivery that asks for exactly this work. Owned by the queue's owner
 * thread, except for the mark that an attempt is running, which the worker sets.
 */
final class Flight {
  /**
   * What makes two deliveries the same work: a newer revision of the same key is different work,
   * and is never folded in. Where nobody said of which revision a job is, its payload has to tell.
   */
  record Identity(JobKey key, String revision) {
    static Identity of(Job job) {
      return new Identity(job.key(), job.revision().isEmpty() ? job.payload() : job.revision());
    }
  }

  private final Job job;
  private final int partition;
  private final List<Delivery.OfJob> deliveries = new ArrayList<>(1);
  private volatile boolean running;

  Flight(Delivery.OfJob first) {
    this.job = first.job();
    this.partition = first.partition();
    deliveries.add(first);
  }

  Job job() {
    return job;
  }

  /** That of all its deliveries: jobs of one key are in one. May be asked by any thread. */
  int partition() {
    return partition;
  }

  List<Delivery.OfJob> deliveries() {
    return deliveries;
  }

  boolean running() {
    return running;
  }

  void running(boolean now) {
    running = now;
  }

  void fold(Delivery.OfJob duplicate) {
    deliveries.add(duplicate);
  }
}
