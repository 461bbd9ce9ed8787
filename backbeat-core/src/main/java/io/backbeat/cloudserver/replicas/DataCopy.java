package io.backbeat.cloudserver.replicas;

import io.backbeat.cloudserver.CloudServerException;
import io.backbeat.cloudserver.CloudServerFailure;
import io.backbeat.cloudserver.DataReceipt;
import io.backbeat.replication.OpenUpload;
import io.backbeat.task.JobContext;
import io.backbeat.task.SkipReason;
import io.backbeat.task.TaskOutcome;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executor;

/**
 * Brings the data of one version to another CloudServer, part by part, then its metadata.
 *
 * <p>Each part is remembered durably once it is written, before the object refers to it. An attempt
 * that another one may follow leaves its parts to that one; after any other end they are removed,
 * or stay remembered if they cannot be. Only a part under way when the process is killed is known
 * to nobody: the server gives it its name with the answer.
 */
final class DataCopy {
  private final Replica replica;
  private final CopiedParts copied;
  private final CopySettings settings;
  private final Executor executor;
  private final JobContext context;

  DataCopy(
      Replica replica,
      CopiedParts copied,
      CopySettings settings,
      Executor executor,
      JobContext context) {
    this.replica = replica;
    this.copied = copied;
    this.settings = settings;
    this.executor = executor;
    this.context = context;
  }

  /** Copies; returns when the replica is there. */
  void run(List<SourcePart> parts) throws AttemptEnded, InterruptedException {
    String id = CopiedParts.id(replica.object().bucket(), parts);
    Map<Integer, WrittenPart> written = new HashMap<>();
    boolean remembered = false;
    for (OpenUpload upload : copied.of(replica.job().key())) {
      if (upload.uploadId().equals(id)) {
        written.putAll(CopiedParts.written(upload, parts));
        remembered = true;
        copied.touch(upload, context.clock().instant()); // nobody may sweep it away from now on
      } else {
        copied.discard(replica::destination, upload);
      }
    }
    // What is one request is not worth another write in the usual case.
    if (!remembered && parts.size() > 1) {
      copied.remember(replica, id, List.of(), context.clock().instant());
      remembered = true;
    }
    context.transferStarted();
    try {
      copyMissing(parts, written, id, remembered);
      List<WrittenPart> all =
          parts.stream().map(part -> Objects.requireNonNull(written.get(part.number()))).toList();
      putMetadata(all, parts);
    } catch (AttemptEnded ended) {
      rememberUnless(remembered, id, written);
      endWithout(ended, id);
      throw ended;
    } catch (InterruptedException e) {
      rememberUnless(remembered, id, written);
      throw e;
    }
    if (remembered) {
      copied.forget(replica.job().key(), id);
    }
  }

  private void copyMissing(
      List<SourcePart> parts, Map<Integer, WrittenPart> written, String id, boolean remembered)
      throws AttemptEnded, InterruptedException {
    List<SourcePart> missing =
        parts.stream().filter(part -> !written.containsKey(part.number())).toList();
    if (missing.isEmpty()) {
      return;
    }
    ConcurrentTasks.Results<WrittenPart> results =
        ConcurrentTasks.run(
            missing, settings.partsAtOnce(), executor, part -> copy(part, id, remembered));
    results.done().forEach(part -> written.put(part.part().number(), part));
    if (results.error().isPresent()) {
      rethrow(results.error().get());
    }
  }

  private WrittenPart copy(SourcePart part, String id, boolean remembered)
      throws AttemptEnded, InterruptedException {
    if (context.cancelled()) {
      throw new InterruptedException("stopped before part " + part.number());
    }
    SourceBody body = new SourceBody(replica.source(), replica.job().object(), part);
    WrittenPart written;
    try {
      DataReceipt receipt =
          replica
              .destination()
              .putData(
                  replica.object().bucket(),
                  replica.object().key(),
                  part.md5(),
                  replica.owner().canonicalId(),
                  body);
      written = new WrittenPart(part, receipt);
    } catch (CloudServerException e) {
      CloudServerFailure.notInterrupted(e);
      throw new AttemptEnded(
          body.failure()
              .map(CloudServerFailure::ofSource)
              .orElseGet(() -> CloudServerFailure.ofDestination(e)));
    }
    if (remembered) {
      copied.add(replica, id, written, context.clock().instant());
    }
    context.bytesTransferred(part.size());
    return written;
  }

  /** The last look at the source comes right before the write that makes the replica visible. */
  private void putMetadata(List<WrittenPart> written, List<SourcePart> parts)
      throws AttemptEnded, InterruptedException {
    String current = replica.current();
    replica.mustBeOf(current);
    if (!SourcePart.of(current).equals(parts)) {
      throw new AttemptEnded(
          new TaskOutcome.Skipped(
              SkipReason.SUPERSEDED, "the data of " + replica.job().object() + " was replaced"));
    }
    String metadata =
        ReplicaMetadata.withData(current, replica.job().location(), replica.owner(), written);
    AttemptEnded.unlessDestination(
        () -> {
          replica.destination().putMetadata(replica.object(), metadata, false);
          return metadata;
        });
  }

  private void rememberUnless(boolean remembered, String id, Map<Integer, WrittenPart> written) {
    if (!remembered && !written.isEmpty()) {
      copied.remember(replica, id, List.copyOf(written.values()), context.clock().instant());
    }
  }

  /** Leaves the data to the next attempt, or removes it if there is none or none that needs it. */
  private void endWithout(AttemptEnded ended, String id) {
    TaskOutcome outcome = ended.outcome();
    boolean goesOn =
        outcome instanceof TaskOutcome.Retryable
            || outcome instanceof TaskOutcome.DestinationDown
            || (outcome instanceof TaskOutcome.Skipped skipped
                && skipped.reason() == SkipReason.SUPERSEDED
                && stillHas(id));
    if (goesOn) {
      return;
    }
    copied.of(replica.job().key()).stream()
        .filter(upload -> upload.uploadId().equals(id))
        .forEach(upload -> copied.discard(replica::destination, upload));
  }

  /** Whether the newer write, which gets a job of its own, has the same data. */
  private boolean stillHas(String id) {
    try {
      return CopiedParts.id(replica.object().bucket(), SourcePart.of(replica.current())).equals(id);
    } catch (AttemptEnded | IllegalArgumentException gone) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  private static void rethrow(Exception error) throws AttemptEnded, InterruptedException {
    if (error instanceof AttemptEnded ended) {
      throw ended;
    }
    if (error instanceof InterruptedException interrupted) {
      Thread.interrupted();
      throw interrupted;
    }
    if (error instanceof RuntimeException unchecked) {
      throw unchecked;
    }
    throw new IllegalStateException(error);
  }
}
