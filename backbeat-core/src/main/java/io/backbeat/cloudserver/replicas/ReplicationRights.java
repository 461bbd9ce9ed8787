package io.backbeat.cloudserver.replicas;

import io.backbeat.cloudserver.BucketReplication;
import io.backbeat.cloudserver.CloudServer;
import io.backbeat.cloudserver.FreshValues;
import io.backbeat.job.Job;
import io.backbeat.task.TaskOutcome;
import java.time.Instant;
import java.util.Optional;

/**
 * Whether a version may still be replicated as its write asked for: the bucket has a rule for it,
 * with the same roles. Looks the configuration up once a while, not for each object; but before it
 * refuses one, it looks again, because the configuration may have just changed. Thread-safe.
 */
final class ReplicationRights {
  private record Place(String role, String bucket) {}

  private final FreshValues<Place, Optional<BucketReplication>> configurations;

  ReplicationRights(CopySettings settings) {
    this.configurations = new FreshValues<>(settings.configurationAge());
  }

  /** Ends the attempt if the version may not be replicated. */
  void check(CloudServer source, Job job, ReplicationRoles roles, Instant now)
      throws AttemptEnded, InterruptedException {
    Place place = new Place(roles.source(), job.object().bucket());
    FreshValues.Source<Place, Optional<BucketReplication>> ask =
        asked -> source.bucketReplication(asked.bucket());
    Optional<AttemptEnded> refusal =
        refusal(AttemptEnded.unlessSource(() -> configurations.get(place, now, ask)), job, roles);
    if (refusal.isPresent()) {
      refusal =
          refusal(
              AttemptEnded.unlessSource(() -> configurations.notOlderThan(place, now, now, ask)),
              job,
              roles);
    }
    if (refusal.isPresent()) {
      throw refusal.get();
    }
  }

  private static Optional<AttemptEnded> refusal(
      Optional<BucketReplication> configuration, Job job, ReplicationRoles roles) {
    String key = job.object().key();
    if (configuration.isEmpty() || !configuration.get().covers(key)) {
      return Optional.of(
          new AttemptEnded(
              new TaskOutcome.Rejected(
                  "PreconditionFailed",
                  "bucket "
                      + job.object().bucket()
                      + (configuration.isEmpty()
                          ? " has no replication configuration"
                          : " has no enabled replication rule whose prefix matches " + key))));
    }
    return configuration.get().roles().equals(roles.both())
        ? Optional.empty()
        : Optional.of(
            ReplicationRoles.badRole(
                "the version was written for the roles "
                    + roles.both()
                    + ", its bucket has "
                    + configuration.get().roles()
                    + " now"));
  }
}
