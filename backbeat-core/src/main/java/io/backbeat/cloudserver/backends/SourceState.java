package io.backbeat.cloudserver.backends;

import io.backbeat.api.ObjectVersion;
import io.backbeat.cloudserver.CloudServer;
import io.backbeat.cloudserver.CloudServerException;
import io.backbeat.cloudserver.transfer.RecentAnswers;
import io.backbeat.job.Job;
import io.backbeat.job.ObjectMetadata;
import java.time.Clock;
import java.util.Optional;

/**
 * What the source says of a version now: asked for once for the jobs of one write that run at about
 * the same time. Bounded; thread-safe.
 */
final class SourceState {
  private static final long MOST_METADATA = 32L << 20;

  private record Write(ObjectVersion object, String name) {}

  private final RecentAnswers<Write, Optional<String>> metadata;

  SourceState(TransferOptions options, Clock clock) {
    this.metadata = new RecentAnswers<>(clock, options.sharedFor(), MOST_METADATA);
  }

  /**
   * The current metadata of the version; empty if it is gone.
   *
   * @param queued the metadata that the job carries
   */
  Optional<String> metadata(CloudServer server, Job job, ObjectMetadata queued)
      throws CloudServerException, InterruptedException {
    // What is stored is as long as what the job carries, give or take some statuses.
    return metadata.get(
        new Write(job.object(), WriteName.of(job.revision(), queued)),
        job.weight(),
        () -> server.metadata(job.object()));
  }
}
