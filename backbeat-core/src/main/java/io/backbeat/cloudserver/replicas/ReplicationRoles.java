package io.backbeat.cloudserver.replicas;

import io.backbeat.cloudserver.transfer.ReplicationRights;
import io.backbeat.job.ReplicationInfo;
import io.backbeat.task.TaskOutcome;
import java.util.List;

/**
 * The two roles of a replication between CloudServers.
 *
 * @param source ARN of the role that reads
 * @param destination ARN of the role that writes
 */
record ReplicationRoles(String source, String destination) {
  private static final int ACCOUNT = 4;

  /** What the write asked for; anything but two roles ends the attempt. */
  static ReplicationRoles of(ReplicationInfo info) throws AttemptEnded {
    List<String> roles = List.of(info.role().split(",", -1));
    if (roles.size() != 2) {
      throw badRole(
          "replication to a CloudServer needs two roles, \"<source>,<destination>\", was \""
              + info.role()
              + '"');
    }
    ReplicationRoles both = new ReplicationRoles(roles.get(0), roles.get(1));
    both.destinationAccount();
    return both;
  }

  /** The id of the account whose the replicas are. */
  String destinationAccount() throws AttemptEnded {
    String[] fields = destination.split(":", -1);
    if (fields.length <= ACCOUNT || fields[ACCOUNT].isEmpty()) {
      throw badRole(
          "the destination role must be arn:aws:iam::<account>:role/<name>, was \""
              + destination
              + '"');
    }
    return fields[ACCOUNT];
  }

  List<String> both() {
    return List.of(source, destination);
  }

  static AttemptEnded badRole(String message) {
    return new AttemptEnded(new TaskOutcome.Rejected(ReplicationRights.BAD_ROLE, message));
  }
}
