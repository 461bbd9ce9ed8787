package io.backbeat.cloudserver.replicas;

import io.backbeat.api.BackbeatException;
import io.backbeat.cloudserver.CloudServerException;
import io.backbeat.cloudserver.CloudServerFailure;
import io.backbeat.cloudserver.DataReceipt;
import io.backbeat.cloudserver.transfer.PartWorkers;
import io.backbeat.cloudserver.transfer.SourcePart;
import io.backbeat.replication.OpenUpload;
import io.backbeat.task.JobContext;
import io.backbeat.task.SkipReason;
import io.backbeat.task.TaskOutcome;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the data of one version to another CloudServer, part by part, then its metadata.
 *
 * <p>Each part is remembered durably once it is written, before the object refers to it. An attempt
 * that another one may follow leaves its parts to that one; after any other end they are removed,
 * or stay remembered if they cannot be. Only a part under way when the process is killed is known
 * to nobody: the server gives it its name with the answer.
 *
 * <p>Another attempt at the same job may run, where its process has lost the job without knowing.
 * Each reads what is remembered once more right before it makes the replica visible, and only one
 * whose parts all stand there does: the server removes the data that it replaces, which must not be
 * that of the other. One look and one write apart is as close as it gets.
 */
final class DataCopy {
  private static final Logger LOG = LoggerFactory.getLogger(DataCopy.class);

  private final Replica replica;
  private final CopiedParts copied;
  private final PartWorkers workers;
  private final JobContext context;
  private final Map<Integer, WrittenPart> written = new HashMap<>();
  private final List<WrittenPart> own = new ArrayList<>();

  DataCopy(Replica replica, CopiedParts copied, PartWorkers workers, JobContext context) {
    this.replica = replica;
    this.copied = copied;
    this.workers = workers;
    this.context = context;
  }

  /** Copies; returns when the replica is there. To be called once. */
  void run(List<SourcePart> parts) throws AttemptEnded, InterruptedException {
    String id = CopiedParts.id(replica.object().bucket(), parts);
    boolean remembered = false;
    for (OpenUpload upload : copied.of(replica.job().key())) {
      if (upload.uploadId().equals(id)) {
        remembered = adopt(upload, parts);
      } else if (!CopiedParts.isAside(upload)) {
        discard(upload);
      }
    }
    // What is one request is not worth another write in the usual case.
    if (!remembered && parts.size() > 1) {
      copied.remember(replica, id, List.of(), context.clock().instant());
      remembered = true;
    }
    context.transferStarted();
    try {
      copyMissing(parts, id, remembered);
      List<WrittenPart> all =
          parts.stream().map(part -> Objects.requireNonNull(written.get(part.number()))).toList();
      putMetadata(all, parts, id, remembered);
    } catch (AttemptEnded ended) {
      leave(id, remembered);
      endWithout(ended, id);
      throw ended;
    } catch (InterruptedException | RuntimeException e) {
      leave(id, remembered);
      throw e;
    }
    if (remembered) {
      copied.forget(replica.job().key(), id);
    }
  }

  /** Returns false if it was removed in the moment since it was read. */
  private boolean adopt(OpenUpload upload, List<SourcePart> parts) {
    copied.touch(upload, context.clock().instant()); // nobody may sweep it away from now on
    Optional<OpenUpload> left = copied.find(upload.job(), upload.uploadId());
    left.ifPresent(adopted -> written.putAll(CopiedParts.written(adopted, parts)));
    return left.isPresent();
  }

  private void discard(OpenUpload upload) {
    copied.discard(replica::destination, upload, context.clock().instant());
  }

  private void copyMissing(List<SourcePart> parts, String id, boolean remembered)
      throws AttemptEnded, InterruptedException {
    List<SourcePart> missing =
        parts.stream().filter(part -> !written.containsKey(part.number())).toList();
    Map<Integer, WrittenPart> done = new ConcurrentHashMap<>();
    try {
      workers.<AttemptEnded>run(
          missing.size(),
          index -> {
            SourcePart part = missing.get(index);
            done.put(part.number(), copy(part, id, remembered));
          });
    } finally {
      written.putAll(done);
      own.addAll(done.values());
    }
  }

  private WrittenPart copy(SourcePart part, String id, boolean remembered)
      throws AttemptEnded, InterruptedException {
    if (context.cancelled()) {
      throw new InterruptedException("stopped before part " + part.number());
    }
    SourceBody body = new SourceBody(replica.source(), replica.job().object(), part);
    WrittenPart done;
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
      done = new WrittenPart(part, receipt);
    } catch (CloudServerException e) {
      CloudServerFailure.notInterrupted(e);
      throw new AttemptEnded(
          body.failure()
              .map(CloudServerFailure::ofSource)
              .orElseGet(() -> CloudServerFailure.ofDestination(e)));
    }
    if (remembered) {
      try {
        copied.add(replica, id, done, context.clock().instant());
      } catch (RuntimeException e) {
        copied.giveUp(replica, id, done);
        throw e;
      }
    }
    context.bytesTransferred(part.size());
    return done;
  }

  /** The last look at the source comes right before the write that makes the replica visible. */
  private void putMetadata(
      List<WrittenPart> all, List<SourcePart> parts, String id, boolean remembered)
      throws AttemptEnded, InterruptedException {
    String current = replica.current();
    replica.mustBeOf(current);
    if (!SourcePart.of(current).equals(parts)) {
      throw new AttemptEnded(
          new TaskOutcome.Skipped(
              SkipReason.SUPERSEDED, "the data of " + replica.job().object() + " was replaced"));
    }
    String metadata =
        ReplicaMetadata.withData(current, replica.job().location(), replica.owner(), all);
    if (remembered && !copied.hasAll(replica.job().key(), id, all)) {
      throw new AttemptEnded(
          new TaskOutcome.Retryable(
              "ConcurrentAttempt",
              "another attempt at " + replica.job().key() + " has copied the same data meanwhile",
              Optional.empty()));
    }
    AttemptEnded.unlessDestination(
        () -> {
          replica.destination().putMetadata(replica.object(), metadata, false);
          return metadata;
        });
  }

  /** What ended the attempt stays what is told of it, also if nothing can be remembered now. */
  private void leave(String id, boolean remembered) {
    try {
      copied.leave(replica, id, remembered, own, context.clock().instant());
    } catch (BackbeatException e) {
      LOG.warn("{}: cannot remember what was written: {}", replica.job().key(), e.getMessage());
      if (!remembered) {
        own.forEach(part -> copied.giveUp(replica, id, part));
      }
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
    copied
        .find(replica.job().key(), id)
        .filter(upload -> CopiedParts.isOnly(upload, written.values()))
        .ifPresent(this::discard);
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
}
