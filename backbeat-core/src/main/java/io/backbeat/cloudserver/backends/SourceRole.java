package io.backbeat.cloudserver.backends;

import io.backbeat.cloudserver.transfer.ReplicationRights;
import io.backbeat.job.ReplicationInfo;
import io.backbeat.task.TaskOutcome;
import java.util.List;
import java.util.Optional;

/** The role under which a version is read, and written to clouds. Pure. */
final class SourceRole {
  private static final int MOST_ROLES = 2;

  private SourceRole() {}

  /** The first of one or two; empty if the version names none. */
  static String of(ReplicationInfo info) {
    return roles(info).get(0);
  }

  /** Why a version with such roles is refused; empty if it is not. */
  static Optional<TaskOutcome> refusal(ReplicationInfo info) {
    List<String> roles = roles(info);
    return roles.size() <= MOST_ROLES
        ? Optional.empty()
        : Optional.of(
            new TaskOutcome.Rejected(
                ReplicationRights.BAD_ROLE,
                "the version must name one role or two, has " + roles.size() + ": " + roles));
  }

  private static List<String> roles(ReplicationInfo info) {
    return List.of(info.role().split(",", -1));
  }
}
