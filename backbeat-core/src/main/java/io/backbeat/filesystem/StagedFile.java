package io.backbeat.filesystem;

import io.backbeat.replication.ByteRange;
import io.backbeat.replication.ObjectSource;
import io.backbeat.replication.ObjectStoreException;
import io.backbeat.replication.ObjectStoreException.Kind;
import io.backbeat.replication.TransferProgress;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;

/**
 * A file that is being written where nobody looks. Removed on close unless it was moved away. For
 * one thread.
 */
final class StagedFile implements AutoCloseable {
  private final Path path;
  private final FileChannel channel;
  private final ByteBuffer buffer;
  private boolean movedAway;

  /** Makes the file; fails if it exists. The buffer stays the caller's. */
  StagedFile(Path path, ByteBuffer buffer) throws IOException {
    this.path = path;
    this.buffer = buffer;
    this.channel =
        FileChannel.open(
            path, StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE);
  }

  Path path() {
    return path;
  }

  /** Writes all of the source, and reads back what was written. */
  void fill(ObjectSource source, TransferProgress progress) throws IOException {
    CRC32C sent = new CRC32C();
    if (source.size() > 0) {
      try (ReadableByteChannel in = source.open(ByteRange.whole(source.size()))) {
        copy(in, source.size(), sent, progress);
      }
    }
    verify(source.size(), sent.getValue());
  }

  /** Forces the bytes onto the device. */
  void sync() throws IOException {
    channel.force(true);
  }

  /** Says that the path is no longer this file's. */
  void movedAway() {
    movedAway = true;
  }

  @Override
  public void close() throws IOException {
    try (channel) {
      if (!movedAway) {
        Files.deleteIfExists(path);
      }
    }
  }

  private void copy(ReadableByteChannel in, long size, CRC32C checksum, TransferProgress progress)
      throws IOException {
    long copied = 0;
    while (copied < size) {
      if (progress.cancelled()) {
        throw new ObjectStoreException(
            Kind.CANCELLED, "stopped after " + copied + " of " + size + " bytes");
      }
      int read = readFully(in, size - copied);
      if (read == 0) {
        throw new ObjectStoreException(
            Kind.IO, "the source ended after " + copied + " of " + size + " bytes");
      }
      checksum.update(buffer);
      buffer.rewind();
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
      copied += read;
      progress.transferred(read);
    }
  }

  /** Fills the buffer, flipped, with at most {@code limit} bytes; less only at the end. */
  private int readFully(ReadableByteChannel in, long limit) throws IOException {
    buffer.clear().limit((int) Math.min(buffer.capacity(), limit));
    int read = 0;
    while (buffer.hasRemaining() && read >= 0) {
      read = in.read(buffer);
    }
    buffer.flip();
    return buffer.limit();
  }

  private void verify(long size, long expected) throws IOException {
    CRC32C stored = new CRC32C();
    long position = 0;
    int read = 0;
    while (position < size && read >= 0) {
      buffer.clear();
      read = channel.read(buffer, position);
      position += Math.max(read, 0);
      stored.update(buffer.flip());
    }
    if (position != size || stored.getValue() != expected) {
      throw new ObjectStoreException(
          Kind.CHECKSUM_MISMATCH,
          "read back "
              + position
              + " bytes with CRC32C "
              + Long.toHexString(stored.getValue())
              + ", wrote "
              + size
              + " with "
              + Long.toHexString(expected));
    }
  }
}
