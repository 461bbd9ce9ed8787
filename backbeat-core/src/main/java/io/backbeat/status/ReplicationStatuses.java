package io.backbeat.status;

import io.backbeat.api.ObjectVersion;
import io.backbeat.api.ReplicationStatus;
import java.util.List;
import java.util.Optional;

/** The statuses of single object versions, read from the store at each call. Thread-safe. */
public final class ReplicationStatuses {
  private final StatusStore statuses;

  /** Reads from a store. */
  public ReplicationStatuses(StatusStore statuses) {
    this.statuses = statuses;
  }

  /**
   * As {@link io.backbeat.api.ObjectOperations#status}.
   *
   * @throws io.backbeat.api.BackbeatException INTERNAL_ERROR if the store does not answer; a retry
   *     may help
   */
  public Optional<ReplicationStatus> status(ObjectVersion object) {
    return Optional.ofNullable(statuses.find(List.of(object)).get(object))
        .map(TrackedStatus::status)
        .filter(status -> !status.sites().isEmpty());
  }
}
