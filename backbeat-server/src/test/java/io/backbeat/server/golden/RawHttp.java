package io.backbeat.server.golden;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.util.List;

/** Sends exactly the bytes it is given. */
final class RawHttp {
  /** A server that needs longer is taken to hang. */
  private static final int PATIENCE_MS = 3_000;

  private RawHttp() {}

  /**
   * Sends a request on a connection of its own.
   *
   * @param enough reads on until there are so many answers, or the server closes the connection
   * @param toHead whether the answers have no bodies, whatever their headers announce
   */
  static List<Answer> send(int port, byte[] request, int enough, boolean toHead) {
    try (Socket socket = new Socket("127.0.0.1", port)) {
      socket.setSoTimeout(PATIENCE_MS);
      socket.getOutputStream().write(request);
      return read(socket.getInputStream(), enough, toHead);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Answer> read(InputStream in, int enough, boolean toHead) {
    ByteArrayOutputStream received = new ByteArrayOutputStream();
    byte[] buffer = new byte[16 * 1024];
    while (Answer.read(received.toByteArray(), false, toHead).size() < enough) {
      int length = readOrEnd(in, buffer);
      if (length < 0) {
        break;
      }
      received.write(buffer, 0, length);
    }
    return Answer.read(received.toByteArray(), true, toHead);
  }

  /** A connection that is reset, or on which nothing comes, ends as one that is closed. */
  private static int readOrEnd(InputStream in, byte[] buffer) {
    try {
      return in.read(buffer);
    } catch (IOException e) {
      return -1;
    }
  }
}
