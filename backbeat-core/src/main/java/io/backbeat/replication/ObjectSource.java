package io.backbeat.replication;

import java.nio.channels.ReadableByteChannel;
import java.time.Instant;
import java.util.Map;

/** Something to be put into a store. Thread-safe, so that parts can be read at once. */
public interface ObjectSource {
  /** Its length in bytes; does not change. */
  long size();

  /**
   * Opens a run of its bytes; any run, any number of times, always the same bytes. The caller
   * closes the channel.
   *
   * @param range inside the source; not empty
   */
  ReadableByteChannel open(ByteRange range) throws ObjectStoreException;

  /** When it was last modified; a store that can keep that does. */
  Instant lastModified();

  /** Its media type; empty if not known. */
  String contentType();

  /**
   * What to keep beside the data, names without {@code x-amz-meta-}; a store that cannot keep
   * metadata leaves it out.
   */
  Map<String, String> userMetadata();

  /**
   * Whether the object was written in parts, so that a store that knows uploads in parts should use
   * one whatever the size.
   */
  boolean writtenInParts();
}
