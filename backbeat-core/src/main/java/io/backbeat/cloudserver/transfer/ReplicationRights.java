package io.backbeat.cloudserver.transfer;

import io.backbeat.api.ObjectVersion;
import io.backbeat.cloudserver.BucketReplication;
import io.backbeat.cloudserver.CloudServer;
import io.backbeat.cloudserver.CloudServerException;
import io.backbeat.task.TaskOutcome;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Whether a version may still be replicated as its write asked for: the bucket has a rule in force
 * for it, with the same roles. Looks the configuration up once a while, not for each object; but
 * before it refuses one, it looks again, because the configuration may have just changed.
 * Thread-safe.
 */
public final class ReplicationRights {
  /** The kind of error of a version whose roles are not, or no more, those of its bucket. */
  public static final String BAD_ROLE = "BadRole";

  private static final String NOT_CONFIGURED = "PreconditionFailed";
  private static final long MOST_BUCKETS = 10_000;

  private record Place(String role, String bucket) {}

  private final RecentAnswers<Place, Optional<BucketReplication>> configurations;

  /**
   * Knows nothing yet.
   *
   * @param freshFor how long a configuration counts as known
   */
  public ReplicationRights(Clock clock, Duration freshFor) {
    this.configurations = new RecentAnswers<>(clock, freshFor, MOST_BUCKETS);
  }

  /**
   * Why a version may not be replicated; empty if it may.
   *
   * @param source with the credentials of the first role
   * @param roles of the version that count here: that of the source, and maybe that of the
   *     destination
   */
  public Optional<TaskOutcome> refusal(CloudServer source, ObjectVersion object, List<String> roles)
      throws CloudServerException, InterruptedException {
    Place place = new Place(roles.get(0), object.bucket());
    Optional<TaskOutcome> refusal = refusal(object, roles, configuration(source, place));
    if (refusal.isPresent()) {
      configurations.renew(place);
      refusal = refusal(object, roles, configuration(source, place));
    }
    return refusal;
  }

  private Optional<BucketReplication> configuration(CloudServer source, Place place)
      throws CloudServerException, InterruptedException {
    return configurations.get(place, 1, () -> source.bucketReplication(place.bucket()));
  }

  /** The rule. Pure. */
  static Optional<TaskOutcome> refusal(
      ObjectVersion object, List<String> roles, Optional<BucketReplication> configuration) {
    String bucket = object.bucket();
    if (configuration.isEmpty()) {
      return rejected(NOT_CONFIGURED, "bucket " + bucket + " has no replication configuration");
    }
    BucketReplication replication = configuration.get();
    if (!replication.covers(object.key())) {
      return rejected(
          NOT_CONFIGURED,
          "no enabled replication rule of bucket " + bucket + " covers " + object.key());
    }
    List<String> configured = replication.roles();
    boolean same =
        configured.size() >= roles.size() && configured.subList(0, roles.size()).equals(roles);
    return same
        ? Optional.empty()
        : rejected(
            BAD_ROLE,
            "the version was written for "
                + roles
                + ", the configuration of bucket "
                + bucket
                + " names "
                + configured);
  }

  private static Optional<TaskOutcome> rejected(String errorClass, String message) {
    return Optional.of(new TaskOutcome.Rejected(errorClass, message));
  }
}
