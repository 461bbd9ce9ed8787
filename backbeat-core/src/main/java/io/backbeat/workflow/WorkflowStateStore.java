package io.backbeat.workflow;

import io.backbeat.api.ServiceName;
import java.util.Objects;
import java.util.Optional;

/**
 * Keeps the workflows in force, one JSON document for each service. Port; thread-safe. Every method
 * throws {@link io.backbeat.api.BackbeatException} INTERNAL_ERROR when the store does not answer; a
 * retry is safe.
 */
public interface WorkflowStateStore {
  /**
   * What is stored.
   *
   * @param document {@code {"workflows":{bucket:{id:workflow}},"overlayVersion":n}}
   * @param revision grows by one with each write; 1 for the first
   */
  record Stored(String document, long revision) {
    /** Checks that the document is not null. */
    public Stored {
      Objects.requireNonNull(document, "document");
    }
  }

  /** The document of a service; empty if none was ever written. */
  Optional<Stored> load(ServiceName service);

  /**
   * Writes the document of a service if nobody else did since; durable on return.
   *
   * @param expectedRevision the revision the document was made from; 0 if there was none
   * @return false if another writer was first: load again and decide again
   */
  boolean compareAndSet(ServiceName service, long expectedRevision, String document);
}
