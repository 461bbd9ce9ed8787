package io.backbeat.filesystem;

import io.backbeat.replication.ByteRange;
import io.backbeat.replication.ObjectStoreException;
import io.backbeat.replication.ObjectStoreException.Kind;
import io.backbeat.replication.StoredObject;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * Reads a run of bytes of a file, and hands out the last of them only if the file is still the one
 * it was. For one thread.
 */
final class SteadyFileChannel implements ReadableByteChannel {
  private final FileChannel channel;
  private final Path path;
  private final StoredObject expected;
  private final FileErrors errors;
  private final long end;
  private long position;

  SteadyFileChannel(
      FileChannel channel, Path path, StoredObject expected, ByteRange range, FileErrors errors) {
    this.channel = channel;
    this.path = path;
    this.expected = expected;
    this.errors = errors;
    this.position = range.offset();
    this.end = range.end();
  }

  @Override
  public int read(ByteBuffer target) throws IOException {
    if (position == end) {
      return -1;
    }
    int room = target.remaining();
    int start = target.position();
    target.limit(start + (int) Math.min(room, end - position));
    try {
      int read = channel.read(target, position);
      if (read < 0) {
        throw new ObjectStoreException(
            Kind.CHANGED,
            expected.key() + " ended at " + position + ", had " + expected.size() + " bytes");
      }
      position += read;
      if (position == end) {
        checkUnchanged(path, expected);
      }
      return read;
    } catch (IOException e) {
      target.position(start);
      throw errors.of("cannot read " + expected.key(), e);
    } finally {
      target.limit(start + room);
    }
  }

  @Override
  public boolean isOpen() {
    return channel.isOpen();
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }

  static void checkUnchanged(Path path, StoredObject expected) throws IOException {
    try {
      String now = FileState.of(path).fingerprint();
      if (!now.equals(expected.fingerprint())) {
        throw new ObjectStoreException(
            Kind.CHANGED, expected.key() + " is " + now + " now, was " + expected.fingerprint());
      }
    } catch (NoSuchFileException e) {
      throw new ObjectStoreException(Kind.GONE, expected.key() + " was removed", e);
    }
  }
}
