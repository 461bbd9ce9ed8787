package io.backbeat.replication;

import io.backbeat.job.JobKey;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * An upload in parts that was begun at a destination and, as far as we know, not ended: neither
 * completed nor aborted.
 *
 * @param job for which it was begun; its location is the destination
 * @param revision which client write is being uploaded; whoever begins it says what names a write
 * @param uploadId as the destination knows it
 * @param role under which it was begun and has to be ended; empty if roles are not used
 * @param begunAt in whole milliseconds
 * @param touchedAt when a part arrived last, or when somebody looked whether it is still needed
 * @param parts those the destination has, by number
 */
public record OpenUpload(
    JobKey job,
    String revision,
    String uploadId,
    String role,
    Instant begunAt,
    Instant touchedAt,
    List<Part> parts) {
  /** Checks that nothing is null and copies the list. */
  public OpenUpload {
    Objects.requireNonNull(job, "job");
    Objects.requireNonNull(revision, "revision");
    Objects.requireNonNull(uploadId, "uploadId");
    Objects.requireNonNull(role, "role");
    Objects.requireNonNull(begunAt, "begunAt");
    Objects.requireNonNull(touchedAt, "touchedAt");
    parts = List.copyOf(parts);
  }

  /** One that has just been begun. */
  public static OpenUpload begun(
      JobKey job, String revision, String uploadId, String role, Instant at) {
    return new OpenUpload(job, revision, uploadId, role, at, at, List.of());
  }

  /**
   * A part that the destination has.
   *
   * @param number from 1
   * @param etag as the destination said it
   * @param subParts how many blocks it was cut into (Azure); 0 if not said
   * @param size in bytes
   */
  public record Part(int number, String etag, int subParts, long size) {
    /** Checks the number and that the etag is not null. */
    public Part {
      Objects.requireNonNull(etag, "etag");
      if (number < 1) {
        throw new IllegalArgumentException("number must be >= 1, was " + number);
      }
    }
  }
}
