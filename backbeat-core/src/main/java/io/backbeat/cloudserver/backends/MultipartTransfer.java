package io.backbeat.cloudserver.backends;

import io.backbeat.cloudserver.BackendReceipt;
import io.backbeat.cloudserver.CloudServerException;
import io.backbeat.cloudserver.UploadedPart;
import io.backbeat.cloudserver.transfer.PartWorkers;
import io.backbeat.replication.ByteRange;
import io.backbeat.replication.OpenUpload;
import io.backbeat.replication.UploadStore;
import io.backbeat.task.TaskOutcome;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes an object in parts, and goes on with what earlier attempts have left.
 *
 * <p>The order of effects: begin the upload, record it, write each part and record it, complete,
 * forget. So a crash repeats at most the parts under way; one between completing and forgetting
 * writes the object again, because a completed upload tells its version id only once; one between
 * beginning and recording leaves an upload that nobody knows, and so does an answer to the
 * beginning that is lost on its way. The last two are windows of one write to the store and of one
 * request, and only a rule of the cloud that aborts old uploads closes them: the routes cannot list
 * uploads. Azure has none, because its upload ids are ours.
 */
final class MultipartTransfer {
  private static final Logger LOG = LoggerFactory.getLogger(MultipartTransfer.class);
  private static final int TRIES = 3;

  private final UploadStore uploads;
  private final PartWorkers workers;
  private final PartEtags etags = new PartEtags();

  MultipartTransfer(UploadStore uploads, PartWorkers workers) {
    this.uploads = uploads;
    this.workers = workers;
  }

  BackendReceipt run(Destination to, CopySource source, List<ByteRange> ranges)
      throws CopyFailedException, InterruptedException {
    Instant now = to.context().clock().instant();
    ResumePlan plan =
        ResumePlan.of(uploads.find(to.job().key()), source.write(to.job()), to.role(), now);
    for (OpenUpload left : plan.abort()) {
      abort(to, left);
    }
    if (plan.goOn().isPresent()) {
      Optional<BackendReceipt> receipt = goOn(to, source, ranges, plan.goOn().get());
      if (receipt.isPresent()) {
        return receipt.get();
      }
    }
    OpenUpload begun = begin(to, source, now);
    try {
      return finish(to, source, ranges, begun);
    } catch (CopyFailedException e) {
      throw endedForGood(to, begun, e);
    }
  }

  /** Empty if the cloud does not know the upload, or its parts, any more. */
  private Optional<BackendReceipt> goOn(
      Destination to, CopySource source, List<ByteRange> ranges, OpenUpload upload)
      throws CopyFailedException, InterruptedException {
    LOG.debug(
        "{}: going on with upload {}, {} of {} parts are there",
        to.job().key(),
        upload.uploadId(),
        upload.parts().size(),
        ranges.size());
    try {
      return Optional.of(finish(to, source, ranges, upload));
    } catch (CopyFailedException e) {
      if (UploadLoss.isLoss(e)) {
        abort(to, upload);
        return Optional.empty();
      }
      throw endedForGood(to, upload, e);
    }
  }

  private OpenUpload begin(Destination to, CopySource source, Instant now)
      throws CopyFailedException, InterruptedException {
    boolean ownId = to.backend().storageType().equals("azure");
    String id;
    try {
      id =
          ownId
              ? UUID.randomUUID().toString().replace("-", "")
              : to.server().initiateUpload(to.bucket(), to.key(), to.backend(), source.headers());
    } catch (CloudServerException e) {
      throw CopyFailedException.ofDestination(e);
    }
    OpenUpload begun = OpenUpload.begun(to.job().key(), source.write(to.job()), id, to.role(), now);
    boolean recorded = false;
    try {
      uploads.begin(begun);
      recorded = true;
      return begun;
    } finally {
      if (!recorded && !ownId) {
        abort(to, begun);
      }
    }
  }

  private BackendReceipt finish(
      Destination to, CopySource source, List<ByteRange> ranges, OpenUpload upload)
      throws CopyFailedException, InterruptedException {
    UploadedPart[] parts = new UploadedPart[ranges.size()];
    List<Integer> missing = new ArrayList<>();
    for (int i = 0; i < parts.length; i++) {
      Optional<UploadedPart> there = ResumePlan.there(upload, i + 1, ranges.get(i));
      if (there.isPresent()) {
        parts[i] = there.get();
      } else {
        missing.add(i);
      }
    }
    workers.run(
        missing.size(),
        index -> {
          int i = missing.get(index);
          parts[i] = write(to, source, upload.uploadId(), i + 1, ranges.get(i));
        });
    BackendReceipt receipt;
    try {
      receipt =
          to.server()
              .completeUpload(
                  to.bucket(),
                  to.key(),
                  to.backend(),
                  upload.uploadId(),
                  List.of(parts),
                  source.headers(),
                  to.withSizes());
    } catch (CloudServerException e) {
      CopyFailedException failed = CopyFailedException.ofDestination(e);
      if (missing.isEmpty() && failed.passing()) {
        // Its parts are all there, and still it cannot be completed: the next attempt begins anew.
        abort(to, upload);
      }
      throw failed;
    }
    uploads.remove(upload.job(), upload.uploadId());
    return receipt;
  }

  private UploadedPart write(
      Destination to, CopySource source, String uploadId, int number, ByteRange range)
      throws CopyFailedException, InterruptedException {
    SourcePayload payload = new SourcePayload(to.server(), source, range, to.context());
    for (int attempt = 1; ; attempt++) {
      try {
        UploadedPart answer =
            to.server().putPart(to.bucket(), to.key(), to.backend(), uploadId, number, payload);
        requireSame(to, number, answer.etag(), payload.md5());
        OpenUpload.Part part =
            new OpenUpload.Part(number, answer.etag(), answer.subParts(), range.length());
        uploads.addPart(to.job().key(), uploadId, part, to.context().clock().instant());
        return new UploadedPart(number, answer.etag(), answer.subParts(), range.length());
      } catch (CloudServerException e) {
        CopyFailedException failed = CopyFailedException.of(e, payload);
        if (attempt == TRIES || !failed.passing()) {
          throw failed;
        }
        LOG.debug("{}: part {} again: {}", to.job().key(), number, failed.getMessage());
      }
    }
  }

  private void requireSame(Destination to, int number, String etag, String md5)
      throws CloudServerException {
    if (!md5.isEmpty() && !etags.agree(to.backend().location(), etag, md5)) {
      throw new CloudServerException(
          CloudServerException.Kind.BAD_DIGEST,
          "BadDigest",
          0,
          "part " + number + " has ETag " + etag + " in the cloud, md5 " + md5 + " was sent",
          null,
          null);
    }
  }

  /** An upload whose job gets no other attempt by itself must not stay open. */
  private CopyFailedException endedForGood(
      Destination to, OpenUpload upload, CopyFailedException failure) throws InterruptedException {
    TaskOutcome outcome = failure.outcome();
    if (outcome instanceof TaskOutcome.Rejected
        || outcome instanceof TaskOutcome.Skipped
        || UploadLoss.isLoss(failure)) {
      abort(to, upload);
    }
    return failure;
  }

  /** One that cannot be aborted now stays recorded, and is swept later. */
  private void abort(Destination to, OpenUpload upload) throws InterruptedException {
    try {
      to.server().abortUpload(to.bucket(), to.key(), to.backend(), upload.uploadId());
      uploads.remove(upload.job(), upload.uploadId());
    } catch (CloudServerException e) {
      LOG.warn(
          "{}: cannot abort upload {} now: {}",
          to.job().key(),
          upload.uploadId(),
          CopyFailedException.ofDestination(e).getMessage());
    }
  }
}
