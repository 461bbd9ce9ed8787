package io.backbeat.s3;

import io.backbeat.replication.ByteRange;
import io.backbeat.replication.ObjectSource;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.ContentStreamProvider;

/** A run of bytes of a source as the body of a request that can be sent again. For one thread. */
final class RangeBody implements ContentStreamProvider, AutoCloseable {
  private static final int BUFFER_BYTES = 256 * 1024;

  private final ObjectSource source;
  private final ByteRange range;
  private @Nullable InputStream open;

  RangeBody(ObjectSource source, ByteRange range) {
    this.source = source;
    this.range = range;
  }

  /**
   * The MD5 for the header Content-MD5. Reads the source one more time; with the header every S3
   * server compares before it shows the object, and a checksum behind the body is something many
   * servers do not know.
   */
  String md5() throws IOException {
    MessageDigest digest;
    try {
      digest = MessageDigest.getInstance("MD5");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has MD5", e);
    }
    try (InputStream in = stream()) {
      byte[] buffer = new byte[(int) Math.max(1, Math.min(BUFFER_BYTES, range.length()))];
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        digest.update(buffer, 0, read);
      }
    }
    return Base64.getEncoder().encodeToString(digest.digest());
  }

  RequestBody request() {
    return RequestBody.fromContentProvider(this, range.length(), "application/octet-stream");
  }

  @Override
  public InputStream newStream() {
    try {
      close();
      InputStream stream = stream();
      open = stream;
      return stream;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    InputStream stream = open;
    open = null;
    if (stream != null) {
      stream.close();
    }
  }

  private InputStream stream() throws IOException {
    return range.length() == 0
        ? InputStream.nullInputStream()
        : Channels.newInputStream(source.open(range));
  }
}
