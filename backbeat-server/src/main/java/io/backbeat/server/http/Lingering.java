package io.backbeat.server.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import org.glassfish.grizzly.CompletionHandler;
import org.glassfish.grizzly.Connection;
import org.glassfish.grizzly.EmptyCompletionHandler;
import org.glassfish.grizzly.nio.NIOConnection;

/**
 * The end of a connection whose client may still be sending. To close such a socket at once would
 * make the kernel reset it, and the client would lose the answer; so only our side is closed, and
 * what still comes is thrown away, for a bounded time and up to a bounded size. For one thread.
 */
final class Lingering {
  /** How long the client has to notice. */
  static final Duration LONGEST = Duration.ofSeconds(2);

  private static final long MOST_BYTES = 16L * 1024 * 1024;
  private static final int READS_AT_ONCE = 16;

  private final ByteBuffer waste = ByteBuffer.allocateDirect(64 * 1024);

  /** Reads on; true when the connection can be closed. */
  boolean step(Connection<?> connection, Exchange exchange) {
    if (!(connection instanceof NIOConnection nio)
        || !(nio.getChannel() instanceof SocketChannel channel)) {
      return true;
    }
    if (!finishOutput(connection)) {
      return !connection.isOpen();
    }
    try {
      for (int i = 0; i < READS_AT_ONCE; i++) {
        int read = channel.read(waste.clear());
        if (read <= 0) {
          return read < 0;
        }
        if (isTooMuch(exchange, read)) {
          return true;
        }
      }
      return false;
    } catch (IOException e) {
      return true;
    }
  }

  /** Counts bytes that are thrown away; true when they were the last ones to be waited for. */
  static boolean isTooMuch(Exchange exchange, int bytes) {
    return exchange.discarded(bytes) > MOST_BYTES;
  }

  /** Tells the client that nothing more comes, if all of it is written; false if it is not. */
  static boolean finishOutput(Connection<?> connection) {
    if (connection instanceof NIOConnection nio
        && nio.getChannel() instanceof SocketChannel channel
        && nio.getAsyncWriteQueue().spaceInBytes() == 0) {
      try {
        channel.shutdownOutput();
        return true;
      } catch (IOException e) {
        connection.closeSilently();
      }
    }
    return false;
  }

  /** Tells the client so as soon as what is being written is written. */
  static <T> CompletionHandler<T> whenWritten(Connection<?> connection) {
    return new EmptyCompletionHandler<>() {
      @Override
      public void completed(T result) {
        finishOutput(connection);
      }

      @Override
      public void failed(Throwable cause) {
        connection.closeSilently();
      }
    };
  }
}
