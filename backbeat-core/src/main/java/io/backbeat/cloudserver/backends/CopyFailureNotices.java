package io.backbeat.cloudserver.backends;

import io.backbeat.job.JobEvent;
import io.backbeat.job.JobType;
import io.backbeat.replication.CopyResults;
import io.backbeat.status.FailureNotices;
import java.util.List;

/**
 * Tells whoever asked for a copy to another location that it has failed for good, so that the
 * object does not stay in transition for ever. Other jobs are none of its business. Thread-safe.
 */
public final class CopyFailureNotices implements FailureNotices {
  private static final String SOURCE_GONE = "SourceGone";
  private static final String SOURCE_CHANGED = "SourceChanged";

  private final CopyResults results;

  /** Tells there. */
  public CopyFailureNotices(CopyResults results) {
    this.results = results;
  }

  @Override
  public void failed(List<JobEvent.Failed> failures) {
    for (JobEvent.Failed failure : failures) {
      if (failure.job().key().type().equals(JobType.COPY_LOCATION)) {
        tell(failure);
      }
    }
  }

  private void tell(JobEvent.Failed failure) {
    CopyRequest request;
    try {
      request = CopyRequest.parse(failure.job().payload());
    } catch (IllegalArgumentException e) {
      return; // nobody can be told: where to is in what cannot be read
    }
    if (!request.resultsTopic().isEmpty()) {
      results.publish(
          request.resultsTopic(),
          request.error(
              code(failure.errorClass()),
              failure.message(),
              failure.job().createdAt(),
              failure.at()));
    }
  }

  /** The names that CloudServer has for them. */
  private static String code(String errorClass) {
    return switch (errorClass) {
      case SOURCE_GONE -> "ObjNotFound";
      case SOURCE_CHANGED -> CopyLocationHandler.INVALID_STATE;
      default -> errorClass;
    };
  }
}
