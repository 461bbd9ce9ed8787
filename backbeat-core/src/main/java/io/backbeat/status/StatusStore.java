package io.backbeat.status;

import io.backbeat.api.ObjectVersion;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * The statuses of object versions. Port; thread-safe. Every method throws {@link
 * io.backbeat.api.BackbeatException} INTERNAL_ERROR when the store does not answer; a retry is
 * safe.
 */
public interface StatusStore {
  /** The stored statuses of the versions that are known. */
  Map<ObjectVersion, TrackedStatus> find(Collection<ObjectVersion> objects);

  /**
   * The same, where what was read for somebody else a few seconds ago will do, which may be out of
   * date. Nothing is to be given up because of it without a look at {@link #find}. Default: {@link
   * #find}, for stores where reading is cheap.
   */
  default Map<ObjectVersion, TrackedStatus> recent(Collection<ObjectVersion> objects) {
    return find(objects);
  }

  /**
   * Makes one conditional transition per change, as {@link io.backbeat.job.StatusMachine#next}
   * says: read, decide and write are atomic for one version at one location. Durable on return. The
   * changes need not be atomic together.
   *
   * @return one result per change, in order
   */
  List<StatusResult> apply(List<StatusChange> changes);
}
