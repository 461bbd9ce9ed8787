package io.backbeat.replication;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/**
 * An object of the source, to be read by a destination. Remembers the first error of the source,
 * because what the destination's client makes of an error in its input, and whether it still shows
 * the cause, is different in every client.
 */
final class SourceContent implements ObjectSource {
  private final ObjectStore store;
  private final StoredObject object;
  private final SourceVersion version;
  private final AtomicReference<ObjectStoreException> failure = new AtomicReference<>();

  SourceContent(ObjectStore store, StoredObject object, SourceVersion version) {
    this.store = store;
    this.object = object;
    this.version = version;
  }

  /** The first error of the source, if there was one. */
  Optional<ObjectStoreException> failure() {
    return Optional.ofNullable(failure.get());
  }

  @Override
  public long size() {
    return object.size();
  }

  @Override
  public ReadableByteChannel open(ByteRange range) throws ObjectStoreException {
    try {
      return new Recording(store.open(object, range));
    } catch (ObjectStoreException e) {
      throw remember(e);
    }
  }

  @Override
  public Instant lastModified() {
    return object.lastModified();
  }

  @Override
  public String contentType() {
    return version.contentType();
  }

  @Override
  public Map<String, String> userMetadata() {
    return version.replicaMetadata();
  }

  @Override
  public boolean writtenInParts() {
    return ReplicationAction.of(version) == ReplicationAction.MULTIPART;
  }

  private ObjectStoreException remember(ObjectStoreException error) {
    failure.compareAndSet(null, error);
    return error;
  }

  private final class Recording implements ReadableByteChannel {
    private final ReadableByteChannel channel;

    Recording(ReadableByteChannel channel) {
      this.channel = channel;
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
      try {
        return channel.read(target);
      } catch (ObjectStoreException e) {
        throw remember(e);
      } catch (IOException e) {
        throw remember(
            new ObjectStoreException(
                ObjectStoreException.Kind.IO,
                "cannot read " + object.key() + ": " + e.getMessage(),
                e));
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
  }
}
