package io.backbeat.kafka;

import io.backbeat.api.LocationName;
import io.backbeat.job.Job;
import io.backbeat.queue.QueueName;
import java.util.List;
import java.util.Optional;

/** What a record means to the queues that share its topic. Immutable. */
sealed interface Decoded {
  /** Nothing to any of them. */
  Decoded NOTHING = new Jobs(List.of());

  /** Jobs, at most one for each queue. */
  record Jobs(List<Job> jobs) implements Decoded {
    public Jobs {
      jobs = List.copyOf(jobs);
    }

    Optional<Job> in(QueueName queue) {
      for (Job job : jobs) {
        if (queue.covers(job.location())) {
          return Optional.of(job);
        }
      }
      return Optional.empty();
    }
  }

  /**
   * A record that nobody can read.
   *
   * @param reason what is wrong with it
   * @param location whose it is; empty for everybody's
   */
  record Unreadable(String reason, Optional<LocationName> location) implements Decoded {
    boolean concerns(QueueName queue) {
      return location.isEmpty() || queue.covers(location.get());
    }
  }
}
