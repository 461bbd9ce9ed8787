package io.backbeat.job;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Where a job goes after a failed attempt in a deployment that keeps its retries in topics: each
 * topic takes a job so many times, the configured ones one after the other.
 *
 * @param topics in configured order; empty when failed jobs are not replayed
 */
public record ReplayTopics(List<Topic> topics) {
  /**
   * One topic.
   *
   * @param name its name
   * @param retries how often a job goes through it, at least 1
   */
  public record Topic(String name, int retries) {
    /** Checks name and retries. */
    public Topic {
      if (name.isEmpty()) {
        throw new IllegalArgumentException("replay topic name must not be empty");
      }
      if (retries < 1) {
        throw new IllegalArgumentException(
            "retries of replay topic " + name + " must be >= 1, was " + retries);
      }
    }
  }

  /**
   * The next stop of a failed job.
   *
   * @param topic where it goes
   * @param replaysLeft how many stops are left after that; travels with the job
   */
  public record Replay(String topic, int replaysLeft) {}

  /** Copies the list. */
  public ReplayTopics {
    topics = List.copyOf(topics);
  }

  /** The names of the topics, each once, in configured order. */
  public List<String> names() {
    return topics.stream().map(Topic::name).distinct().toList();
  }

  /**
   * Every stop, the last one first: index {@code n} is where a job with {@code n} replays left
   * goes.
   */
  public List<String> stops() {
    List<String> stops = new ArrayList<>();
    for (int i = topics.size() - 1; i >= 0; i--) {
      for (int n = 0; n < topics.get(i).retries(); n++) {
        stops.add(topics.get(i).name());
      }
    }
    return stops;
  }

  /**
   * What to do after a failed attempt; empty when the job has failed for good.
   *
   * @param replaysLeft what the job carries; empty before its first replay. More than there are
   *     stops, after the configuration was changed, counts as all of them
   */
  public Optional<Replay> next(OptionalInt replaysLeft) {
    List<String> stops = stops();
    int left = Math.min(replaysLeft.orElse(stops.size()), stops.size()) - 1;
    return left < 0 ? Optional.empty() : Optional.of(new Replay(stops.get(left), left));
  }
}
