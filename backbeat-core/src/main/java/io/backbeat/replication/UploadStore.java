package io.backbeat.replication;

import io.backbeat.job.JobKey;
import java.time.Instant;
import java.util.List;

/**
 * Remembers uploads in parts between attempts, restarts and processes, so that a large transfer
 * goes on with the parts that are missing, and so that no upload is left open at a destination
 * where it costs storage. Port; thread-safe. Uploads are told apart by their job and their id.
 * Every method throws {@link io.backbeat.api.BackbeatException} INTERNAL_ERROR when the store does
 * not answer; a retry is safe.
 */
public interface UploadStore {
  /** Remembers an upload, with its parts if it has any; durable on return. */
  void begin(OpenUpload upload);

  /**
   * Remembers that a part has arrived, which touches the upload; durable on return. A part of the
   * same number is replaced. An upload that is not known, because somebody has ended it, stays so.
   */
  void addPart(JobKey job, String uploadId, OpenUpload.Part part, Instant at);

  /** The uploads of a job, of all its revisions; the one begun last comes first. */
  List<OpenUpload> find(JobKey job);

  /**
   * Uploads that were not touched for a while, of all jobs; the one touched longest ago comes
   * first.
   *
   * @param before only those touched before that
   * @param limit at most so many
   */
  List<OpenUpload> untouched(Instant before, int limit);

  /** Touches an upload; one that is not known stays so. */
  void touch(JobKey job, String uploadId, Instant at);

  /** Forgets an upload that has ended; durable on return. */
  void remove(JobKey job, String uploadId);

  /**
   * Forgets an upload unless somebody has touched it, added a part to it or begun it again since it
   * was read; one step, so that of several who try only one succeeds. Durable on return.
   *
   * @param touchedAt as it was read
   * @return whether it was forgotten; false if it was not known any more. After an error a repeat
   *     may say false of what the first try has forgotten
   */
  boolean removeUntouched(JobKey job, String uploadId, Instant touchedAt);

  /** How many are remembered. */
  long count();
}
