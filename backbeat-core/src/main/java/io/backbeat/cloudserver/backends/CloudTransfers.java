package io.backbeat.cloudserver.backends;

import io.backbeat.api.ObjectVersion;
import io.backbeat.cloudserver.BackendReceipt;
import io.backbeat.cloudserver.CloudServerException;
import io.backbeat.cloudserver.transfer.PartWorkers;
import io.backbeat.cloudserver.transfer.RecentAnswers;
import io.backbeat.replication.ByteRange;
import io.backbeat.replication.UploadStore;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.util.Objects;
import java.util.concurrent.Executor;

/**
 * Moves data from CloudServer to the clouds behind it. One for all handlers of a process, so that
 * its limits hold for them together. Thread-safe; memory does not depend on the size of objects.
 *
 * <p>Small objects are read once for all destinations that want them at about the same time, and
 * kept within {@link TransferOptions#sharedBytes}; each running job may hold one more.
 */
public final class CloudTransfers {
  private record Content(ObjectVersion object, String write) {}

  private final TransferOptions options;
  private final MultipartTransfer multipart;
  private final RecentAnswers<Content, byte[]> contents;

  /**
   * Transfers nothing until it is asked.
   *
   * @param uploads remembers uploads in parts
   * @param executor writes parts; owned by the caller, and best without a limit of its own
   */
  public CloudTransfers(
      UploadStore uploads, TransferOptions options, Executor executor, Clock clock) {
    this.options = options;
    this.multipart =
        new MultipartTransfer(
            uploads, new PartWorkers(executor, options.partsPerObject(), options.partsInAll()));
    this.contents = new RecentAnswers<>(clock, options.sharedFor(), options.sharedBytes());
  }

  TransferOptions options() {
    return options;
  }

  BackendReceipt write(
      Destination to, CopySource source, BackendPlan.WriteMode mode, boolean shared)
      throws CopyFailedException, InterruptedException {
    to.context().transferStarted();
    if (mode instanceof BackendPlan.Parts parts) {
      return multipart.run(to, source, parts.ranges());
    }
    long length = source.length();
    return shared && length > 0 && length <= options.sharedObjectLimit()
        ? putShared(to, source)
        : putStreamed(to, source);
  }

  private static BackendReceipt putStreamed(Destination to, CopySource source)
      throws CopyFailedException, InterruptedException {
    SourcePayload payload =
        new SourcePayload(to.server(), source, ByteRange.whole(source.length()), to.context());
    try {
      return put(to, source, payload);
    } catch (CloudServerException e) {
      throw CopyFailedException.of(e, payload);
    }
  }

  private BackendReceipt putShared(Destination to, CopySource source)
      throws CopyFailedException, InterruptedException {
    Content wanted = new Content(source.object(), source.write(to.job()));
    byte[] bytes;
    try {
      bytes = contents.get(wanted, source.length(), () -> read(to, source));
    } catch (CloudServerException e) {
      throw CopyFailedException.ofSource(e);
    }
    try {
      BackendReceipt receipt = put(to, source, new BytesPayload(bytes));
      to.context().bytesTransferred(bytes.length);
      return receipt;
    } catch (CloudServerException e) {
      throw CopyFailedException.ofDestination(e);
    }
  }

  private static byte[] read(Destination to, CopySource source) throws CloudServerException {
    SourcePayload payload =
        new SourcePayload(
            to.server(), source, ByteRange.whole(source.length()), new Unheard(to.context()));
    try (InputStream stream = payload.open()) {
      return stream.readNBytes(Math.toIntExact(source.length()));
    } catch (CloudServerException e) {
      throw e;
    } catch (IOException e) {
      throw Objects.requireNonNullElseGet(payload.failure(), () -> payload.broken(e));
    }
  }

  private static BackendReceipt put(
      Destination to, CopySource source, io.backbeat.cloudserver.Payload payload)
      throws CloudServerException {
    return to.server()
        .putObject(
            to.bucket(),
            to.key(),
            to.backend(),
            source.headers(),
            source.metadata().contentMd5(),
            source.ownerId(),
            payload);
  }
}
