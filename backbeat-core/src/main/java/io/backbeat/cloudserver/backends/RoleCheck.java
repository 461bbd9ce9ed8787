package io.backbeat.cloudserver.backends;

import io.backbeat.cloudserver.BucketReplication;
import io.backbeat.job.ReplicationInfo;
import io.backbeat.task.TaskOutcome;
import java.util.List;
import java.util.Optional;

/**
 * Whether a job may still be done under the role it was made with: the bucket's configuration must
 * name the same source role, and a rule in force must cover the key. Pure.
 */
final class RoleCheck {
  static final String BAD_ROLE = "BadRole";
  static final String NOT_CONFIGURED = "PreconditionFailed";
  private static final int MOST_ROLES = 2;

  private RoleCheck() {}

  /** The source role of a version: the first of one or two; empty if there is none. */
  static String sourceRole(ReplicationInfo info) {
    return roles(info).get(0);
  }

  private static List<String> roles(ReplicationInfo info) {
    return List.of(info.role().split(",", -1));
  }

  /** Why the job is refused; empty if it is not. */
  static Optional<TaskOutcome> refusal(
      ReplicationInfo info, String bucket, String key, Optional<BucketReplication> configuration) {
    List<String> roles = roles(info);
    if (roles.size() > MOST_ROLES) {
      return rejected(
          BAD_ROLE, "the version must name one role or two, has " + roles.size() + ": " + roles);
    }
    if (configuration.isEmpty()) {
      return rejected(NOT_CONFIGURED, "bucket " + bucket + " has no replication configuration");
    }
    BucketReplication replication = configuration.get();
    if (!replication.covers(key)) {
      return rejected(
          NOT_CONFIGURED, "no enabled replication rule of bucket " + bucket + " covers " + key);
    }
    List<String> configured = replication.roles();
    if (configured.isEmpty() || !configured.get(0).equals(roles.get(0))) {
      return rejected(
          BAD_ROLE,
          "the version was written for role "
              + roles.get(0)
              + ", the configuration of bucket "
              + bucket
              + " names "
              + configured);
    }
    return Optional.empty();
  }

  private static Optional<TaskOutcome> rejected(String errorClass, String message) {
    return Optional.of(new TaskOutcome.Rejected(errorClass, message));
  }
}
