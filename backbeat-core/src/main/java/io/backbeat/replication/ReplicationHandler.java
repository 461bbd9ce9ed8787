package io.backbeat.replication;

import io.backbeat.api.LocationName;
import io.backbeat.job.Job;
import io.backbeat.task.JobContext;
import io.backbeat.task.JobHandler;
import io.backbeat.task.SkipReason;
import io.backbeat.task.TaskOutcome;
import java.util.Map;
import java.util.Optional;

/**
 * Brings one object version to one destination. Stateless, thread-safe; running a job twice writes
 * the same object twice.
 *
 * <p>The copy is of exactly the revision the job speaks of: the source's fingerprint is compared
 * before, and by the source store itself before it hands out the last bytes. A version that was
 * replaced or removed meanwhile is skipped, and nothing of it shows at the destination.
 */
public final class ReplicationHandler implements JobHandler {
  private final ObjectStore source;
  private final Map<LocationName, ObjectStore> destinations;

  /**
   * A handler between stores that stay the caller's to close.
   *
   * @param destinations where each location's objects go
   */
  public ReplicationHandler(ObjectStore source, Map<LocationName, ObjectStore> destinations) {
    this.source = source;
    this.destinations = Map.copyOf(destinations);
  }

  @Override
  public TaskOutcome handle(Job job, JobContext context) throws InterruptedException {
    ObjectStore destination = destinations.get(job.location());
    if (destination == null) {
      return new TaskOutcome.Rejected(
          "UnknownLocation",
          "no destination is called " + job.location() + "; there are " + destinations.keySet());
    }
    SourceVersion version;
    try {
      version = SourceVersion.of(job);
    } catch (IllegalArgumentException e) {
      return new TaskOutcome.Rejected("MalformedPayload", String.valueOf(e.getMessage()));
    }
    Optional<StoredObject> found;
    try {
      found = source.stat(version.key());
    } catch (ObjectStoreException e) {
      return FailureOutcome.ofSource(notCancelled(e));
    }
    return ReplicationAction.of(version) == ReplicationAction.DELETE_OBJECT
        ? delete(job, found, destination, context)
        : copy(job, version, found, destination, context);
  }

  private static TaskOutcome delete(
      Job job, Optional<StoredObject> found, ObjectStore destination, JobContext context)
      throws InterruptedException {
    // A late attempt must not remove the copy of what was written over the delete marker since.
    if (found.isPresent()) {
      return new TaskOutcome.Skipped(
          SkipReason.SUPERSEDED, "source has an object again under " + job.object().key());
    }
    context.transferStarted();
    try {
      destination.delete(job.object().key());
      return TaskOutcome.Replicated.WITHOUT_VERSION;
    } catch (ObjectStoreException e) {
      return FailureOutcome.ofDestination(notCancelled(e));
    }
  }

  private TaskOutcome copy(
      Job job,
      SourceVersion version,
      Optional<StoredObject> found,
      ObjectStore destination,
      JobContext context)
      throws InterruptedException {
    if (found.isEmpty()) {
      return new TaskOutcome.Skipped(SkipReason.SOURCE_GONE, "source has no " + version.key());
    }
    StoredObject object = found.get();
    if (!version.fingerprint().isEmpty() && !version.fingerprint().equals(object.fingerprint())) {
      return new TaskOutcome.Skipped(
          SkipReason.SUPERSEDED,
          "source has "
              + object.fingerprint()
              + " of "
              + version.key()
              + ", the job is about "
              + version.fingerprint());
    }
    SourceContent content = new SourceContent(source, object, version);
    context.transferStarted();
    try {
      PutReceipt receipt =
          destination.put(job.object().key(), content, new ContextProgress(context));
      return new TaskOutcome.Replicated(receipt.versionId());
    } catch (ObjectStoreException e) {
      Optional<ObjectStoreException> ofSource = content.failure();
      return ofSource.isPresent()
          ? FailureOutcome.ofSource(notCancelled(ofSource.get()))
          : FailureOutcome.ofDestination(notCancelled(e));
    }
  }

  /** A cancelled attempt has no outcome: the engine delivers the job again. */
  private static ObjectStoreException notCancelled(ObjectStoreException error)
      throws InterruptedException {
    if (error.kind() == ObjectStoreException.Kind.CANCELLED) {
      // An InterruptedException stands for the interrupt, which would otherwise hit whatever the
      // thread does next.
      Thread.interrupted();
      throw new InterruptedException(error.getMessage());
    }
    return error;
  }

  private record ContextProgress(JobContext context) implements TransferProgress {
    @Override
    public void transferred(long bytes) {
      context.bytesTransferred(bytes);
    }

    @Override
    public boolean cancelled() {
      return context.cancelled();
    }
  }
}
