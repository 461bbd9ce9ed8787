package io.backbeat.cloudserver.replicas;

import io.backbeat.api.ObjectVersion;
import io.backbeat.cloudserver.Accounts.Account;
import io.backbeat.cloudserver.CloudServer;
import io.backbeat.job.Job;
import io.backbeat.job.MetadataMembers;
import io.backbeat.job.ObjectMetadata;
import io.backbeat.task.SkipReason;
import io.backbeat.task.TaskOutcome;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One version on its way to another CloudServer: who is who in one attempt.
 *
 * @param job what is to be done
 * @param source where the version is
 * @param destination where it is to be
 * @param role under which the destination is written to
 * @param owner of the replica
 * @param object the replica
 */
record Replica(
    Job job,
    CloudServer source,
    CloudServer destination,
    String role,
    Account owner,
    ObjectVersion object) {

  /** The metadata of the source as it is now; ends the attempt if there is none. */
  String current() throws AttemptEnded, InterruptedException {
    Optional<String> found = AttemptEnded.unlessSource(() -> source.metadata(job.object()));
    if (found.isEmpty()) {
      throw new AttemptEnded(
          new TaskOutcome.Skipped(SkipReason.SOURCE_GONE, "source has no " + job.object()));
    }
    return found.get();
  }

  /** Ends the attempt if the metadata is of another write than the job's. */
  void mustBeOf(String current) throws AttemptEnded {
    String revision = ObjectMetadata.parse(current).revision();
    // A journal of our own stamps revisions that the server does not know.
    if (!revision.equals(job.revision()) && !content(current).equals(content(job.payload()))) {
      throw new AttemptEnded(
          new TaskOutcome.Skipped(
              SkipReason.SUPERSEDED,
              "source has revision "
                  + revision
                  + " of "
                  + job.object()
                  + ", the job is about "
                  + job.revision()));
    }
  }

  /** What clients wrote, without what names the write. */
  private static String content(String metadata) {
    return ObjectMetadata.parse(MetadataMembers.edit(metadata, Map.of(), Set.of("microVersionId")))
        .revision();
  }
}
