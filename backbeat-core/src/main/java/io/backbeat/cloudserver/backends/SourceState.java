package io.backbeat.cloudserver.backends;

import io.backbeat.api.ObjectVersion;
import io.backbeat.cloudserver.BucketReplication;
import io.backbeat.cloudserver.CloudServer;
import io.backbeat.cloudserver.CloudServerException;
import io.backbeat.job.Job;
import io.backbeat.job.ObjectMetadata;
import java.time.Clock;
import java.util.Optional;

/**
 * What the source says now: asked for once for the jobs of one write, or of one bucket, that run at
 * about the same time. Bounded; thread-safe.
 */
final class SourceState {
  private static final long MOST_METADATA = 32L << 20;
  private static final long MOST_BUCKETS = 10_000;

  private record Write(ObjectVersion object, String name) {}

  private final RecentAnswers<Write, Optional<String>> metadata;
  private final RecentAnswers<String, Optional<BucketReplication>> buckets;

  SourceState(TransferOptions options, Clock clock) {
    this.metadata = new RecentAnswers<>(clock, options.sharedFor(), MOST_METADATA);
    this.buckets = new RecentAnswers<>(clock, options.configurationFor(), MOST_BUCKETS);
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

  /** The replication configuration of a bucket; empty if it has none. */
  Optional<BucketReplication> replication(CloudServer server, String bucket)
      throws CloudServerException, InterruptedException {
    return buckets.get(bucket, 1, () -> server.bucketReplication(bucket));
  }

  /** The same, asked for anew: nothing is to be refused because of what was true a while ago. */
  Optional<BucketReplication> newReplication(CloudServer server, String bucket)
      throws CloudServerException, InterruptedException {
    buckets.renew(bucket);
    return replication(server, bucket);
  }
}
