package io.backbeat.testing.cloudserver;

import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Bodies that are slow, break off, or change on the way. */
final class FaultyBodies {
  private static final int SLICES_PER_SECOND = 20;

  private FaultyBodies() {}

  /** What the body of an answer goes through. */
  static OutputStream through(OutputStream out, Route route, List<Fault> faults) {
    OutputStream filtered = out;
    for (Fault fault : faults) {
      if (fault.reset() == Fault.Reset.RESPONSE) {
        filtered = breaking(filtered, fault.afterBytes());
      }
      if (fault.bytesPerSecond() > 0) {
        filtered = slow(filtered, fault.bytesPerSecond());
      }
      if (fault.wrongMd5() && route == Route.GET_OBJECT) {
        filtered = altered(filtered);
      }
    }
    return filtered;
  }

  private static void pause(long bytes, long bytesPerSecond) throws IOException {
    try {
      TimeUnit.NANOSECONDS.sleep(bytes * 1_000_000_000L / bytesPerSecond);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private static int slice(int length, long bytesPerSecond) {
    return (int) Math.min(length, Math.max(1, bytesPerSecond / SLICES_PER_SECOND));
  }

  static InputStream slow(InputStream in, long bytesPerSecond) {
    return new FilterInputStream(in) {
      @Override
      public int read(byte[] bytes, int offset, int length) throws IOException {
        int count = super.read(bytes, offset, slice(length, bytesPerSecond));
        pause(Math.max(0, count), bytesPerSecond);
        return count;
      }
    };
  }

  static OutputStream slow(OutputStream out, long bytesPerSecond) {
    return new FilterOutputStream(out) {
      @Override
      public void write(byte[] bytes, int offset, int length) throws IOException {
        for (int at = 0; at < length; ) {
          int count = slice(length - at, bytesPerSecond);
          out.write(bytes, offset + at, count);
          out.flush();
          pause(count, bytesPerSecond);
          at += count;
        }
      }
    };
  }

  /** Throws once so many bytes have gone. */
  static OutputStream breaking(OutputStream out, long afterBytes) {
    return new FilterOutputStream(out) {
      private long left = afterBytes;

      @Override
      public void write(byte[] bytes, int offset, int length) throws IOException {
        int count = (int) Math.min(left, length);
        out.write(bytes, offset, count);
        out.flush();
        left -= count;
        if (count < length || left == 0) {
          throw new IOException("the connection breaks here, by order of a fault");
        }
      }

      @Override
      public void close() {
        // The rest is missing on purpose; closing it would complain about that.
      }
    };
  }

  /** Changes the first byte. */
  static OutputStream altered(OutputStream out) {
    return new FilterOutputStream(out) {
      private boolean done;

      @Override
      public void write(byte[] bytes, int offset, int length) throws IOException {
        // Not one by one, as the stream beneath would.
        if (!done && length > 0) {
          done = true;
          byte[] copy = bytes.clone();
          copy[offset] ^= 1;
          out.write(copy, offset, length);
        } else {
          out.write(bytes, offset, length);
        }
      }
    };
  }
}
