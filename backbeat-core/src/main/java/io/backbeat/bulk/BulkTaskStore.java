package io.backbeat.bulk;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Keeps bulk tasks with how far they are. Port; thread-safe. Every method throws {@link
 * io.backbeat.api.BackbeatException} INTERNAL_ERROR when the store does not answer; a retry is
 * safe, but may find that the first attempt has written.
 */
public interface BulkTaskStore {
  /**
   * A document as it is stored.
   *
   * @param id the id of the task
   * @param document JSON text, opaque to the store
   * @param revision grows with each change, 1 for the first
   */
  record Stored(String id, String document, long revision) {
    /** Checks that nothing is null. */
    public Stored {
      Objects.requireNonNull(id, "id");
      Objects.requireNonNull(document, "document");
    }
  }

  /** All documents, in no particular order; there are hundreds of them at most. */
  List<Stored> list();

  /** The document of a task. */
  Optional<Stored> load(String id);

  /**
   * Writes a document if nobody has written it since; durable on return.
   *
   * @param expectedRevision the revision it must have, 0 for a task that must not be there
   * @return false if it has another one; nothing was changed then
   */
  boolean compareAndSet(String id, long expectedRevision, String document);

  /**
   * Removes a document if nobody has written it since; durable on return.
   *
   * @return false if there is none, or it has another revision; nothing was changed then
   */
  boolean remove(String id, long expectedRevision);
}
