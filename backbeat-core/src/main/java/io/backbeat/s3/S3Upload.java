package io.backbeat.s3;

import io.backbeat.replication.ByteRange;
import io.backbeat.replication.MultipartPlan;
import io.backbeat.replication.ObjectSource;
import io.backbeat.replication.ObjectStoreException;
import io.backbeat.replication.ObjectStoreException.Kind;
import io.backbeat.replication.TransferProgress;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;

/**
 * One upload in parts: begun, written with several parts at once, completed; or aborted if anything
 * fails.
 */
final class S3Upload {
  private static final Logger LOG = LoggerFactory.getLogger(S3Upload.class);

  private final S3Client client;
  private final String bucket;
  private final String key;
  private final ObjectSource source;
  private final TransferProgress progress;
  private final AtomicBoolean failed = new AtomicBoolean();

  S3Upload(
      S3Client client, String bucket, String key, ObjectSource source, TransferProgress progress) {
    this.client = client;
    this.bucket = bucket;
    this.key = key;
    this.source = source;
    this.progress = progress;
  }

  /** Writes the object; gives its version id, or empty. */
  String run(Executor executor) throws IOException {
    String uploadId =
        client
            .createMultipartUpload(
                request -> {
                  request.bucket(bucket).key(key).metadata(source.userMetadata());
                  if (!source.contentType().isEmpty()) {
                    request.contentType(source.contentType());
                  }
                })
            .uploadId();
    try {
      List<CompletedPart> parts = writeParts(uploadId, executor);
      String versionId =
          client
              .completeMultipartUpload(
                  request ->
                      request
                          .bucket(bucket)
                          .key(key)
                          .uploadId(uploadId)
                          .multipartUpload(upload -> upload.parts(parts)))
              .versionId();
      return versionId == null ? "" : versionId;
    } catch (IOException | RuntimeException e) {
      abort(uploadId);
      throw e;
    }
  }

  private List<CompletedPart> writeParts(String uploadId, Executor executor) throws IOException {
    List<FutureTask<CompletedPart>> tasks = new ArrayList<>();
    for (ByteRange range : MultipartPlan.parts(source.size())) {
      int number = tasks.size() + 1;
      FutureTask<CompletedPart> task = new FutureTask<>(() -> writePart(uploadId, number, range));
      tasks.add(task);
      executor.execute(task);
    }
    // All are awaited, also after a failure: a part that arrives after the abort would stay for
    // ever.
    List<CompletedPart> parts = new ArrayList<>();
    Throwable first = null;
    boolean interrupted = false;
    for (int i = 0; i < tasks.size(); ) {
      try {
        parts.add(tasks.get(i).get());
        i++;
      } catch (InterruptedException e) {
        interrupted = true;
        failed.set(true);
      } catch (CancellationException e) {
        first =
            first == null
                ? new ObjectStoreException(Kind.IO, "the store was closed while writing " + key, e)
                : first;
        i++;
      } catch (ExecutionException e) {
        // A part that stopped because another one failed is not the reason.
        first = first == null || isCancelled(first) ? e.getCause() : first;
        i++;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
      throw new ObjectStoreException(
          Kind.CANCELLED, "interrupted while writing the parts of " + key);
    }
    rethrow(first);
    return parts;
  }

  private CompletedPart writePart(String uploadId, int number, ByteRange range) throws IOException {
    if (failed.get() || progress.cancelled()) {
      throw new ObjectStoreException(
          Kind.CANCELLED, "stopped before part " + number + " of " + key);
    }
    try (RangeBody body = new RangeBody(source, range)) {
      String md5 = body.md5();
      String eTag =
          client
              .uploadPart(
                  request ->
                      request
                          .bucket(bucket)
                          .key(key)
                          .uploadId(uploadId)
                          .partNumber(number)
                          .contentMD5(md5),
                  body.request())
              .eTag();
      progress.transferred(range.length());
      return CompletedPart.builder().partNumber(number).eTag(eTag).build();
    } catch (IOException | RuntimeException e) {
      failed.set(true);
      throw e;
    }
  }

  private void abort(String uploadId) {
    try {
      client.abortMultipartUpload(request -> request.bucket(bucket).key(key).uploadId(uploadId));
    } catch (SdkException e) {
      LOG.warn(
          "Cannot abort upload {} of s3://{}/{}; its parts cost storage until it is aborted",
          uploadId,
          bucket,
          key,
          e);
    }
  }

  private static boolean isCancelled(Throwable error) {
    return error instanceof ObjectStoreException of && of.kind() == Kind.CANCELLED;
  }

  private static void rethrow(@org.jspecify.annotations.Nullable Throwable error)
      throws IOException {
    if (error instanceof IOException io) {
      throw io;
    }
    if (error instanceof RuntimeException unchecked) {
      throw unchecked;
    }
    if (error instanceof Error fatal) {
      throw fatal;
    }
  }
}
