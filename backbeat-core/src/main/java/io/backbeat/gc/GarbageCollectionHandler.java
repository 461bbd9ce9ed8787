package io.backbeat.gc;

import io.backbeat.api.LocationName;
import io.backbeat.job.Job;
import io.backbeat.replication.FailureOutcome;
import io.backbeat.replication.ObjectStore;
import io.backbeat.replication.ObjectStoreException;
import io.backbeat.task.JobContext;
import io.backbeat.task.JobHandler;
import io.backbeat.task.TaskOutcome;
import java.util.Map;

/**
 * Deletes the data of a version at a transient source location, if it is still the data that was
 * replicated. Data that changed or is gone is left alone, and the job is done. Stateless,
 * thread-safe; running a job twice deletes nothing twice.
 */
public final class GarbageCollectionHandler implements JobHandler {
  private final Map<LocationName, ObjectStore> sources;

  /**
   * A handler on stores that stay the caller's to close.
   *
   * @param sources the transient locations
   */
  public GarbageCollectionHandler(Map<LocationName, ObjectStore> sources) {
    this.sources = Map.copyOf(sources);
  }

  @Override
  public TaskOutcome handle(Job job, JobContext context) throws InterruptedException {
    ObjectStore source = sources.get(job.location());
    if (source == null) {
      return new TaskOutcome.Rejected(
          "UnknownLocation",
          "no transient source is called " + job.location() + "; there are " + sources.keySet());
    }
    GcPayload payload;
    try {
      payload = GcPayload.ofJson(job.object(), job.payload());
    } catch (IllegalArgumentException e) {
      return new TaskOutcome.Rejected(
          "MalformedPayload", "payload of " + job.key() + " " + e.getMessage());
    }
    for (GcPayload.Part part : payload.parts()) {
      if (part.fingerprint().isEmpty()) {
        return new TaskOutcome.Rejected(
            "MissingFingerprint",
            part.key()
                + " has no dataStoreETag, so nobody can tell whether it is what was replicated");
      }
    }
    return delete(payload, source);
  }

  private static TaskOutcome delete(GcPayload payload, ObjectStore source)
      throws InterruptedException {
    try {
      for (GcPayload.Part part : payload.parts()) {
        deletePart(part, source);
      }
      return TaskOutcome.Replicated.WITHOUT_VERSION;
    } catch (ObjectStoreException e) {
      if (e.kind() == ObjectStoreException.Kind.CANCELLED) {
        Thread.interrupted();
        throw new InterruptedException(e.getMessage());
      }
      return FailureOutcome.ofDestination(e);
    }
  }

  private static void deletePart(GcPayload.Part part, ObjectStore source)
      throws ObjectStoreException {
    try {
      source.deleteIfUnchanged(part.key(), part.fingerprint());
    } catch (ObjectStoreException e) {
      if (e.kind() != ObjectStoreException.Kind.GONE
          && e.kind() != ObjectStoreException.Kind.CHANGED) {
        throw e;
      }
    }
  }
}
