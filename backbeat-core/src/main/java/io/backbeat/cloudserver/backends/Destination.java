package io.backbeat.cloudserver.backends;

import io.backbeat.cloudserver.Backend;
import io.backbeat.cloudserver.CloudServer;
import io.backbeat.job.Job;
import io.backbeat.task.JobContext;

/**
 * Where one attempt writes to, and as whom.
 *
 * @param server signs for the role
 * @param role under which uploads are begun; empty if roles are not used
 * @param withSizes whether completing an upload tells the sizes of its parts, as for transitions
 */
record Destination(
    CloudServer server,
    String role,
    Backend backend,
    Job job,
    boolean withSizes,
    JobContext context) {
  String bucket() {
    return job.object().bucket();
  }

  String key() {
    return job.object().key();
  }
}
