package io.backbeat.replication;

import java.nio.channels.ReadableByteChannel;
import java.util.Optional;

/**
 * A place that holds objects: a directory, a bucket, or what an embedder writes. SPI; thread-safe.
 *
 * <p>Every method throws {@link ObjectStoreException} with the {@link ObjectStoreException.Kind
 * kind} that fits best; the kind decides what becomes of the job. A method that failed may be
 * called again: no call leaves half a result behind.
 */
public interface ObjectStore extends AutoCloseable {
  /** Looks at an object; empty if there is none under that key. */
  Optional<StoredObject> stat(String key) throws ObjectStoreException;

  /**
   * Reads a run of bytes of an object that was looked at before. Whoever has read the channel to
   * its end has read bytes of exactly that object: if it was replaced, changed or removed
   * meanwhile, opening fails, or a read fails before the last bytes are handed out, with an {@link
   * ObjectStoreException} of kind CHANGED or GONE. The channel ends after {@code range.length()}
   * bytes, is for one thread, and is to be closed by the caller.
   *
   * @param range inside the object; not empty
   */
  ReadableByteChannel open(StoredObject object, ByteRange range) throws ObjectStoreException;

  /**
   * Writes an object, replacing what is there. Readers see the old object or the whole new one,
   * never a part. The bytes are checked by checksum on their way. What is left of a failed put is
   * removed, or is invisible and removed later. What is durable on return is the store's to say:
   * the process may crash without harm; whether the power may fail, each store documents.
   *
   * @param source what to write; an exception of its channels ends the put and is thrown on, itself
   *     or as a cause
   * @param progress is told of every run of bytes that has arrived, and asked between runs whether
   *     to go on
   * @throws ObjectStoreException also of kind CANCELLED, if {@code progress} said so
   */
  PutReceipt put(String key, ObjectSource source, TransferProgress progress)
      throws ObjectStoreException;

  /**
   * Removes an object.
   *
   * @return false if there was none, which is no error
   */
  boolean delete(String key) throws ObjectStoreException;

  /**
   * Removes an object if it is still the one that was looked at.
   *
   * @param fingerprint of {@link StoredObject#fingerprint}
   * @return false if there was none or another one; nothing was changed
   */
  boolean deleteIfUnchanged(String key, String fingerprint) throws ObjectStoreException;

  /** Releases what the store holds. Idempotent. Running calls may fail. */
  @Override
  void close();
}
