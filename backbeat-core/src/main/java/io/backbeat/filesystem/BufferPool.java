package io.backbeat.filesystem;

import java.nio.ByteBuffer;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/**
 * Direct buffers to be used again, because getting one costs more than copying a small file.
 * Thread-safe.
 */
final class BufferPool {
  /**
   * Large enough that system calls do not count, small enough to stay in a processor's cache for
   * the checksum.
   */
  static final int BUFFER_BYTES = 256 * 1024;

  private final BlockingQueue<ByteBuffer> free;

  /** A pool that keeps at most so many buffers; more can be in use. */
  BufferPool(int kept) {
    free = new ArrayBlockingQueue<>(kept);
  }

  ByteBuffer take() {
    ByteBuffer buffer = free.poll();
    return buffer == null ? ByteBuffer.allocateDirect(BUFFER_BYTES) : buffer.clear();
  }

  /** Gives a buffer back; one too many is left to the garbage collector. */
  void giveBack(ByteBuffer buffer) {
    var unused = free.offer(buffer);
  }
}
