package io.backbeat.cloudserver.backends;

import io.backbeat.cloudserver.CloudServer;
import io.backbeat.cloudserver.CloudServerException;
import io.backbeat.cloudserver.CloudServerException.Kind;
import io.backbeat.cloudserver.ObjectBody;
import io.backbeat.cloudserver.Payload;
import io.backbeat.cloudserver.ReadRange;
import io.backbeat.cloudserver.transfer.SourcePart;
import io.backbeat.replication.ByteRange;
import io.backbeat.task.JobContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Bytes of the source, streamed into a request. Remembers the error of the source, because what is
 * left of it when it comes out of the request says nothing about its side. Sees to it that the
 * bytes are those of the version: its length, its ETag, and the md5 of each part, as the object was
 * uploaded, that is read whole. What is cut out of a larger part has no md5 to compare with.
 */
final class SourcePayload implements Payload {
  private static final long STEP = 1L << 20;

  private final CloudServer server;
  private final CopySource source;
  private final ByteRange range;
  private final JobContext context;
  private final AtomicLong told = new AtomicLong();
  private volatile @Nullable CloudServerException failure;
  private volatile String readMd5 = "";

  SourcePayload(CloudServer server, CopySource source, ByteRange range, JobContext context) {
    this.server = server;
    this.source = source;
    this.range = range;
    this.context = context;
  }

  /** The error of the source in the last sending; null if there was none. */
  @Nullable CloudServerException failure() {
    return failure;
  }

  @Override
  public long length() {
    return range.length();
  }

  @Override
  public InputStream open() throws CloudServerException {
    failure = null;
    readMd5 = "";
    if (range.length() == 0) {
      return InputStream.nullInputStream();
    }
    List<SourcePart> parts = source.partsWithin(range);
    boolean onlyPart = parts.size() == 1 && parts.get(0).size() == range.length();
    try {
      return new CheckedStream(this, body(), onlyPart ? List.of() : parts);
    } catch (CloudServerException e) {
      throw remember(e);
    }
  }

  private ObjectBody body() throws CloudServerException {
    ReadRange wanted = isWhole() ? ReadRange.WHOLE : new ReadRange.Bytes(range);
    ObjectBody body = server.read(source.object(), wanted, source.metadata().dataStoreName());
    String md5 = source.metadata().contentMd5();
    boolean same = body.etag().isEmpty() || md5.isEmpty() || body.etag().equals(md5);
    if (same && body.length() == range.length()) {
      return body;
    }
    closeQuietly(body);
    throw failed(
        Kind.PRECONDITION_FAILED,
        "ObjectChanged",
        source.object()
            + " must have ETag "
            + md5
            + " and "
            + range.length()
            + " bytes from "
            + range.offset()
            + ", has "
            + body.etag()
            + " and "
            + body.length());
  }

  private static void closeQuietly(ObjectBody body) {
    try {
      body.close();
    } catch (IOException e) {
      // Nobody wants the rest of it.
    }
  }

  private boolean isWhole() {
    return range.offset() == 0 && range.length() == source.length();
  }

  /**
   * All bytes were read.
   *
   * @throws CloudServerException if they are not those of the version
   */
  void read(String md5) throws CloudServerException {
    if (isWhole() && source.hasPlainMd5()) {
      requireSame(source.object().toString(), md5, source.metadata().contentMd5());
    }
    for (SourcePart part : source.partsWithin(range)) {
      if (part.size() == range.length()) {
        read(part, md5);
      }
    }
    readMd5 = md5;
    passed(range.length());
  }

  /** All bytes of a part were read; the same as for the whole. */
  void read(SourcePart part, String md5) throws CloudServerException {
    requireSame("part " + part.number() + " of " + source.object(), md5, part.md5());
  }

  private void requireSame(String what, String md5, String expected) throws CloudServerException {
    if (!md5.equalsIgnoreCase(expected)) {
      throw remember(
          failed(
              Kind.BAD_DIGEST,
              "BadDigest",
              "what was read of " + what + " has md5 " + md5 + ", its metadata says " + expected));
    }
  }

  /** Where in the object it begins. */
  long offset() {
    return range.offset();
  }

  /** The md5 of all bytes in the last sending; empty if they were not all read. */
  String md5() {
    return readMd5;
  }

  /** Progress, each byte once however often it is sent; ends the transfer if the engine closes. */
  void passed(long bytes) throws CloudServerException {
    if (context.cancelled()) {
      throw remember(
          new CloudServerException(
              Kind.FAILED,
              "Cancelled",
              0,
              "stopped copying " + source.object() + " because the engine is closing",
              null,
              new InterruptedIOException("the engine is closing")));
    }
    long before = told.get();
    boolean worthTelling = bytes - before >= STEP || (bytes == range.length() && bytes > before);
    if (worthTelling && told.compareAndSet(before, bytes)) {
      context.bytesTransferred(bytes - before);
    }
  }

  CloudServerException broken(IOException error) {
    return remember(
        error instanceof CloudServerException known
            ? known
            : new CloudServerException(
                Kind.FAILED,
                "ReadFailed",
                0,
                "cannot read " + source.object() + ": " + error.getMessage(),
                null,
                error));
  }

  CloudServerException endedAfter(long bytes) {
    return remember(
        failed(
            Kind.FAILED,
            "IncompleteBody",
            source.object() + " ended after " + bytes + " of " + range.length() + " bytes"));
  }

  private static CloudServerException failed(Kind kind, String code, String message) {
    return new CloudServerException(kind, code, 0, message, null, null);
  }

  private CloudServerException remember(CloudServerException error) {
    failure = error;
    return error;
  }
}
