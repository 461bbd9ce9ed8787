package io.backbeat.cloudserver.gc;

import io.backbeat.api.OverallStatus;
import io.backbeat.cloudserver.CloudServer;
import io.backbeat.cloudserver.CloudServerException;
import io.backbeat.cloudserver.CloudServerFailure;
import io.backbeat.cloudserver.CloudServers;
import io.backbeat.cloudserver.DataLocation;
import io.backbeat.cloudserver.DeleteCondition;
import io.backbeat.cloudserver.transfer.RecentAnswers;
import io.backbeat.job.Job;
import io.backbeat.job.ObjectMetadata;
import io.backbeat.task.JobContext;
import io.backbeat.task.JobHandler;
import io.backbeat.task.TaskOutcome;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes data by CloudServer that no version needs any more: that of replicated versions at
 * transient locations, what a transition left behind, and the source of what is in an archive.
 * Thread-safe; running a job twice deletes nothing twice.
 *
 * <p>Data that may be somebody's is kept: it is compared with the metadata of the version first, or
 * deleted under the condition of the message. Data that is kept or gone is no failure, and the job
 * is done. Every error may be another one's business next time and is retried; only a server that
 * does not answer at all counts as down.
 */
public final class CloudServerGarbageCollector implements JobHandler {
  /** Looks up whose an object is, at the server that has the accounts. Thread-safe. */
  @FunctionalInterface
  public interface AccountIds {
    /** The id of the account that owns objects under that canonical id; errors as of Accounts. */
    String find(String canonicalId) throws CloudServerException;
  }

  private static final Logger LOG = LoggerFactory.getLogger(CloudServerGarbageCollector.class);
  private static final long MOST_ACCOUNTS = 10_000;
  private static final Duration ACCOUNT_AGE = Duration.ofHours(1);

  private final CloudServers servers;
  private final Optional<AccountIds> accounts;
  private final RecentAnswers<String, String> known;

  private CloudServerGarbageCollector(
      CloudServers servers, Optional<AccountIds> accounts, Clock clock) {
    this.servers = servers;
    this.accounts = accounts;
    this.known = new RecentAnswers<>(clock, ACCOUNT_AGE, MOST_ACCOUNTS);
  }

  /** With the same credentials for all accounts. The server stays the caller's to close. */
  public static CloudServerGarbageCollector on(CloudServer server) {
    return new CloudServerGarbageCollector(
        CloudServers.always(server), Optional.empty(), Clock.systemUTC());
  }

  /**
   * With the credentials of the account whose object it is.
   *
   * @param servers the server with the credentials of an account, whose id is given
   * @param accounts where the account is looked up that owns an object, if its message does not
   *     tell; what is found is remembered for an hour
   * @param clock tells how old that is
   */
  public static CloudServerGarbageCollector on(
      CloudServers servers, AccountIds accounts, Clock clock) {
    return new CloudServerGarbageCollector(servers, Optional.of(accounts), clock);
  }

  @Override
  public TaskOutcome handle(Job job, JobContext context) throws InterruptedException {
    try {
      GcMessage message = GcMessage.parse(job.object(), job.payload());
      CloudServer server = servers.as(account(message.owner()));
      if (message instanceof GcMessage.Deletion delete) {
        delete(job, delete, server);
      } else if (message instanceof GcMessage.ArchiveDeletion archived) {
        deleteArchived(archived, server);
      }
      return TaskOutcome.Replicated.WITHOUT_VERSION;
    } catch (IllegalArgumentException e) {
      return new TaskOutcome.Rejected(
          "MalformedPayload", "payload of " + job.key() + ": " + e.getMessage());
    } catch (CloudServerException e) {
      return outcome(CloudServerFailure.notInterrupted(e));
    }
  }

  private static TaskOutcome outcome(CloudServerException error) {
    boolean silent =
        error.kind() == CloudServerException.Kind.UNAVAILABLE && error.httpStatus() == 0;
    return silent
        ? new TaskOutcome.DestinationDown(error.getMessage(), error.retryAfter())
        : new TaskOutcome.Retryable(error.code(), error.getMessage(), error.retryAfter());
  }

  /** The id of the account to act for; empty if nobody can tell. */
  private String account(GcMessage.Owner owner) throws CloudServerException, InterruptedException {
    if (accounts.isEmpty() || !owner.accountId().isEmpty()) {
      return owner.accountId();
    }
    if (owner.canonicalId().isEmpty()) {
      throw new IllegalArgumentException("target must name an accountId or an owner");
    }
    String canonicalId = owner.canonicalId();
    return known.get(canonicalId, 1, () -> accounts.get().find(canonicalId));
  }

  private static void delete(Job job, GcMessage.Deletion asked, CloudServer server)
      throws CloudServerException {
    if (asked.replicated() && isWanted(job, asked, server)) {
      LOG.info("{}: the data is kept, the version was written again", job.key());
      return;
    }
    boolean unmodified = batchDelete(server, asked.bucket(), asked.key(), asked);
    if (!unmodified) {
      LOG.info("{}: the data is kept, it was modified since", job.key());
    }
  }

  /**
   * Whether the version was written again since it had reached all its destinations: then this data
   * is gone already, or the new write still needs it and its own collection follows. A version that
   * is gone needs nothing, and nobody else would collect it.
   */
  private static boolean isWanted(Job job, GcMessage.Deletion asked, CloudServer server)
      throws CloudServerException {
    Optional<String> metadata = metadata(server, job);
    if (metadata.isEmpty()) {
      return false;
    }
    Optional<OverallStatus> status =
        ObjectMetadata.parse(metadata.get()).replicationInfo().status();
    Set<DataLocation> current = new HashSet<>(ArchivedVersion.of(metadata.get()).data());
    return !status.equals(Optional.of(OverallStatus.COMPLETED))
        || !keys(current).containsAll(keys(asked.locations()));
  }

  private static Set<String> keys(Iterable<DataLocation> locations) {
    Set<String> keys = new HashSet<>();
    locations.forEach(location -> keys.add(location.dataStoreName() + "/" + location.key()));
    return keys;
  }

  private static Optional<String> metadata(CloudServer server, Job job)
      throws CloudServerException {
    try {
      return server.metadata(job.object());
    } catch (CloudServerException e) {
      if (e.kind() == CloudServerException.Kind.NOT_FOUND) { // the bucket is gone
        return Optional.empty();
      }
      throw e;
    }
  }

  /** Returns false if the condition does not hold. */
  private static boolean batchDelete(
      CloudServer server, String bucket, String key, GcMessage.Deletion asked)
      throws CloudServerException {
    return batchDelete(server, bucket, key, asked.locations(), asked.condition());
  }

  private static boolean batchDelete(
      CloudServer server,
      String bucket,
      String key,
      List<DataLocation> locations,
      DeleteCondition condition)
      throws CloudServerException {
    try {
      return server.batchDelete(bucket, key, locations, condition);
    } catch (CloudServerException e) {
      return switch (e.kind()) {
        case NOT_FOUND -> true;
        case PRECONDITION_FAILED -> false;
        default -> throw e;
      };
    }
  }

  /**
   * The metadata is read again after the data is deleted, so that what others wrote meanwhile is
   * not written over; but for the moment between that look and the write.
   */
  private static void deleteArchived(GcMessage.ArchiveDeletion asked, CloudServer server)
      throws CloudServerException {
    try {
      Optional<ArchivedVersion> before = server.metadata(asked.object()).map(ArchivedVersion::of);
      if (before.isEmpty() || !before.get().isStill(asked)) {
        LOG.info("{}: nothing of it is to be deleted after its archive", asked.object());
        return;
      }
      List<DataLocation> data = before.get().data();
      if (!data.isEmpty()) {
        DeleteCondition condition =
            new DeleteCondition(Optional.empty(), asked.oldLocation(), DeleteCondition.NONE.tags());
        if (!batchDelete(server, asked.object().bucket(), asked.object().key(), data, condition)) {
          LOG.info("{}: the data is kept, it is not where the message says", asked.object());
          return; // and its metadata must go on telling where it is
        }
      }
      Optional<ArchivedVersion> now = server.metadata(asked.object()).map(ArchivedVersion::of);
      if (now.isPresent() && now.get().isStill(asked) && now.get().hasDataOf(before.get())) {
        server.putMetadata(asked.object(), now.get().inArchive(asked.newLocation()), false);
      }
    } catch (CloudServerException e) {
      if (e.kind() != CloudServerException.Kind.NOT_FOUND) { // the version or its bucket is gone
        throw e;
      }
    }
  }
}
