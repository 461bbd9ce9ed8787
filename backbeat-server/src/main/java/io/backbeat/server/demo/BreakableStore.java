package io.backbeat.server.demo;

import io.backbeat.replication.ByteRange;
import io.backbeat.replication.ObjectSource;
import io.backbeat.replication.ObjectStore;
import io.backbeat.replication.ObjectStoreException;
import io.backbeat.replication.PutReceipt;
import io.backbeat.replication.StoredObject;
import io.backbeat.replication.TransferProgress;
import java.nio.channels.ReadableByteChannel;
import java.util.Optional;

/** A destination that can be told to fail every write, and to work again. Thread-safe. */
final class BreakableStore implements ObjectStore {
  private final ObjectStore store;
  private final String failure;
  private volatile boolean broken = true;

  /**
   * A store that is broken until it is healed.
   *
   * @param failure the message of every failed write
   */
  BreakableStore(ObjectStore store, String failure) {
    this.store = store;
    this.failure = failure;
  }

  /** Lets writes through from now on. */
  void heal() {
    broken = false;
  }

  @Override
  public Optional<StoredObject> stat(String key) throws ObjectStoreException {
    return store.stat(key);
  }

  @Override
  public ReadableByteChannel open(StoredObject object, ByteRange range)
      throws ObjectStoreException {
    return store.open(object, range);
  }

  @Override
  public PutReceipt put(String key, ObjectSource source, TransferProgress progress)
      throws ObjectStoreException {
    failIfBroken();
    return store.put(key, source, progress);
  }

  @Override
  public boolean delete(String key) throws ObjectStoreException {
    failIfBroken();
    return store.delete(key);
  }

  @Override
  public boolean deleteIfUnchanged(String key, String fingerprint) throws ObjectStoreException {
    failIfBroken();
    return store.deleteIfUnchanged(key, fingerprint);
  }

  @Override
  public void close() {
    store.close();
  }

  private void failIfBroken() throws ObjectStoreException {
    if (broken) {
      throw new ObjectStoreException(ObjectStoreException.Kind.IO, failure);
    }
  }
}
