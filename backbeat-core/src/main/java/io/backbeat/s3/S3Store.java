package io.backbeat.s3;

import io.backbeat.replication.ByteRange;
import io.backbeat.replication.ObjectSource;
import io.backbeat.replication.ObjectStore;
import io.backbeat.replication.ObjectStoreException;
import io.backbeat.replication.ObjectStoreException.Kind;
import io.backbeat.replication.PutReceipt;
import io.backbeat.replication.StoredObject;
import io.backbeat.replication.TransferProgress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;

/**
 * A bucket, or the part of it under a prefix, as a place that holds objects. Thread-safe.
 *
 * <p>Objects below {@link S3Options#multipartThreshold} are written with one request, larger ones
 * and those written in parts at the source in parts of {@link
 * io.backbeat.replication.MultipartPlan}, several at once; a failed upload is aborted. Every
 * request with data carries Content-MD5, computed by reading that data once more before it is sent,
 * so the server refuses what was damaged on the way. An object that was put is as durable as the
 * server makes its objects. The fingerprint is the ETag. User metadata must be printable ASCII, as
 * S3 wants it.
 *
 * <p>The SDK itself tries a request again up to twice when that is likely to help.
 */
public final class S3Store implements ObjectStore {
  private static final int LONGEST_KEY = 1024;
  private static final long CLOSE_SECONDS = 10;

  private final S3Options options;
  private final S3Client client;
  private final ExecutorService parts;

  private S3Store(S3Options options, S3Client client, ExecutorService parts) {
    this.options = options;
    this.client = client;
    this.parts = parts;
  }

  /** Opens the store; see {@link S3Options#open}, which also tells which artifact is missing. */
  static S3Store open(S3Options options) {
    AtomicInteger number = new AtomicInteger();
    ExecutorService parts =
        Executors.newFixedThreadPool(
            options.partConcurrency(),
            task -> {
              Thread thread =
                  new Thread(
                      task,
                      "backbeat-s3-part-" + options.bucket() + "-" + number.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
    return new S3Store(options, S3Clients.create(options), parts);
  }

  @Override
  public Optional<StoredObject> stat(String key) throws ObjectStoreException {
    String name = name(key);
    try {
      HeadObjectResponse head =
          client.headObject(request -> request.bucket(options.bucket()).key(name));
      return Optional.of(
          new StoredObject(
              key, head.contentLength(), head.eTag(), head.lastModified(), head.metadata()));
    } catch (SdkException e) {
      ObjectStoreException error = error("cannot look at", name, e);
      if (error.kind() != Kind.GONE) {
        throw error;
      }
      // An answer to HEAD has no body, so a missing bucket looks like a missing object.
      checkBucket();
      return Optional.empty();
    }
  }

  @Override
  public ReadableByteChannel open(StoredObject object, ByteRange range)
      throws ObjectStoreException {
    if (range.length() == 0 || range.end() > object.size()) {
      throw new IllegalArgumentException(
          range + " is empty or not inside the " + object.size() + " bytes of " + object.key());
    }
    String name = name(object.key());
    try {
      // With If-Match the answer is all of that object or none: S3 never mixes two states in one
      // answer.
      return Channels.newChannel(
          client.getObject(
              request ->
                  request
                      .bucket(options.bucket())
                      .key(name)
                      .ifMatch(object.fingerprint())
                      .range("bytes=" + range.offset() + "-" + (range.end() - 1))));
    } catch (SdkException e) {
      throw error("cannot read", name, e);
    }
  }

  @Override
  public PutReceipt put(String key, ObjectSource source, TransferProgress progress)
      throws ObjectStoreException {
    String name = name(key);
    try {
      if (progress.cancelled()) {
        throw new ObjectStoreException(Kind.CANCELLED, "stopped before " + name + " was sent");
      }
      boolean inParts =
          source.size() > 0
              && (source.size() >= options.multipartThreshold() || source.writtenInParts());
      return new PutReceipt(
          inParts
              ? new S3Upload(client, options.bucket(), name, source, progress).run(parts)
              : putWhole(name, source, progress));
    } catch (SdkException e) {
      throw error("cannot write", name, e);
    } catch (RejectedExecutionException e) {
      throw new ObjectStoreException(Kind.IO, "the store of " + address(name) + " is closed", e);
    } catch (ObjectStoreException e) {
      throw e;
    } catch (IOException e) {
      throw new ObjectStoreException(
          Kind.IO, "cannot write " + address(name) + ": " + e.getMessage(), e);
    } catch (UncheckedIOException e) {
      throw e.getCause() instanceof ObjectStoreException known
          ? known
          : new ObjectStoreException(
              Kind.IO, "cannot write " + address(name) + ": " + e.getMessage(), e);
    }
  }

  @Override
  public boolean delete(String key) throws ObjectStoreException {
    return stat(key).isPresent() && remove(key, Optional.empty());
  }

  /**
   * {@inheritDoc}
   *
   * <p>The ETag is compared, and sent along as a condition; on a server that does not know
   * conditions of DELETE, a write between the two requests is lost.
   */
  @Override
  public boolean deleteIfUnchanged(String key, String fingerprint) throws ObjectStoreException {
    boolean unchanged =
        stat(key).filter(object -> object.fingerprint().equals(fingerprint)).isPresent();
    return unchanged && remove(key, Optional.of(fingerprint));
  }

  @Override
  public void close() {
    for (Runnable waiting : parts.shutdownNow()) {
      // Else whoever waits for a part that never starts would wait for ever.
      if (waiting instanceof Future<?> part) {
        part.cancel(false);
      }
    }
    try {
      if (!parts.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
        org.slf4j.LoggerFactory.getLogger(S3Store.class)
            .warn("Parts to s3://{} still run after {} s", options.bucket(), CLOSE_SECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      client.close();
    }
  }

  private String putWhole(String name, ObjectSource source, TransferProgress progress)
      throws IOException {
    try (RangeBody body = new RangeBody(source, ByteRange.whole(source.size()))) {
      String md5 = body.md5();
      String versionId =
          client
              .putObject(
                  request -> {
                    request
                        .bucket(options.bucket())
                        .key(name)
                        .contentMD5(md5)
                        .metadata(source.userMetadata());
                    if (!source.contentType().isEmpty()) {
                      request.contentType(source.contentType());
                    }
                  },
                  body.request())
              .versionId();
      progress.transferred(source.size());
      return versionId == null ? "" : versionId;
    }
  }

  private boolean remove(String key, Optional<String> eTag) throws ObjectStoreException {
    String name = name(key);
    try {
      client.deleteObject(
          request -> {
            request.bucket(options.bucket()).key(name);
            eTag.ifPresent(request::ifMatch);
          });
      return true;
    } catch (SdkException e) {
      ObjectStoreException error = error("cannot delete", name, e);
      if (error.kind() == Kind.GONE || error.kind() == Kind.CHANGED) {
        return false;
      }
      throw error;
    }
  }

  private void checkBucket() throws ObjectStoreException {
    try {
      client.headBucket(request -> request.bucket(options.bucket()));
    } catch (SdkException e) {
      ObjectStoreException error = error("cannot look at", "", e);
      if (error.kind() == Kind.GONE) {
        throw new ObjectStoreException(
            Kind.UNREACHABLE, "there is no bucket " + options.bucket(), e);
      }
      throw error;
    }
  }

  private String name(String key) throws ObjectStoreException {
    String name = options.prefix() + key;
    if (name.getBytes(StandardCharsets.UTF_8).length > LONGEST_KEY) {
      throw new ObjectStoreException(
          Kind.INVALID_KEY, "key of " + address(name) + " has more than " + LONGEST_KEY + " bytes");
    }
    return name;
  }

  private ObjectStoreException error(String doing, String name, SdkException error) {
    return S3Errors.of(doing + " " + address(name), error);
  }

  private String address(String name) {
    return "s3://" + options.bucket() + "/" + name;
  }
}
