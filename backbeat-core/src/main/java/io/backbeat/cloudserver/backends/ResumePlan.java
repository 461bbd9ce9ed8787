package io.backbeat.cloudserver.backends;

import io.backbeat.cloudserver.UploadedPart;
import io.backbeat.replication.ByteRange;
import io.backbeat.replication.OpenUpload;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What becomes of the uploads that earlier attempts at a job have left. Pure.
 *
 * @param goOn the one to go on with
 * @param abort the others
 */
record ResumePlan(Optional<OpenUpload> goOn, List<OpenUpload> abort) {
  /**
   * Older uploads are not gone on with: Azure drops blocks that were not committed for a week, and
   * buckets are often set up to abort old uploads.
   */
  static final Duration OLDEST = Duration.ofDays(6);

  ResumePlan {
    abort = List.copyOf(abort);
  }

  /** The upload of this write, by its {@link WriteName}, with the most parts goes on. */
  static ResumePlan of(List<OpenUpload> left, String write, String role, Instant now) {
    Optional<OpenUpload> best =
        left.stream()
            .filter(upload -> upload.revision().equals(write))
            .filter(upload -> upload.role().equals(role))
            .filter(upload -> upload.begunAt().isAfter(now.minus(OLDEST)))
            .max(Comparator.comparingInt(upload -> upload.parts().size()));
    return new ResumePlan(
        best, left.stream().filter(upload -> !Optional.of(upload).equals(best)).toList());
  }

  /**
   * The part of an upload that is there already; empty if it is not, or was cut another way.
   *
   * @param number from 1
   */
  static Optional<UploadedPart> there(OpenUpload upload, int number, ByteRange range) {
    return upload.parts().stream()
        .filter(part -> part.number() == number && part.size() == range.length())
        .map(part -> new UploadedPart(number, part.etag(), part.subParts(), part.size()))
        .findFirst();
  }
}
