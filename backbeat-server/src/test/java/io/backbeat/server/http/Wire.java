package io.backbeat.server.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;

/** A connection that sends what no HTTP client would. Characters are bytes. */
final class Wire implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final Socket socket;
  private final InputStream in;

  Wire(int port) throws IOException {
    socket = new Socket("127.0.0.1", port);
    socket.setSoTimeout((int) PATIENCE.toMillis());
    socket.setTcpNoDelay(true);
    in = new java.io.BufferedInputStream(socket.getInputStream());
  }

  /** Sends one request on a connection of its own and reads what comes until it is closed. */
  static String exchange(int port, String request) throws IOException {
    try (Wire wire = new Wire(port)) {
      wire.send(request);
      return wire.rest();
    }
  }

  Wire send(String text) throws IOException {
    return send(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  Wire send(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
    socket.getOutputStream().flush();
    return this;
  }

  /** Sends as much as the server takes. */
  Wire sendUntilClosed(String text) {
    try {
      send(text);
    } catch (IOException e) {
      // The server has closed; its answer can still be read.
    }
    return this;
  }

  /** Whether the server stops taking these bytes before all repetitions are sent. */
  boolean sendUntilReset(byte[] bytes, int times) {
    try {
      for (int i = 0; i < times; i++) {
        send(bytes);
      }
      return false;
    } catch (IOException e) {
      return true;
    }
  }

  /** Whether an answer has begun to arrive. */
  boolean hasInput() throws IOException {
    return in.available() > 0;
  }

  /** Everything until the server closes. */
  String rest() throws IOException {
    return new String(in.readAllBytes(), StandardCharsets.UTF_8);
  }

  /** One answer; empty when the server closed instead. Interim answers are skipped. */
  String answer() throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    String text = "";
    while (!text.endsWith("\r\n\r\n")) {
      int b = in.read();
      if (b < 0) {
        return text;
      }
      head.write(b);
      text = head.toString(StandardCharsets.ISO_8859_1);
    }
    if (text.startsWith("HTTP/1.1 100")) {
      return answer();
    }
    return text + new String(in.readNBytes(length(text)), StandardCharsets.UTF_8);
  }

  /** One line, without its end. */
  String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int b = in.read(); b >= 0 && b != '\n'; b = in.read()) {
      line.append((char) b);
    }
    return line.toString().strip();
  }

  /** Whether the server has closed its side, or closes it before long. */
  boolean isClosedByServer() throws IOException {
    try {
      return in.read() < 0;
    } catch (SocketException e) {
      return true;
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  private static int length(String head) {
    String lower = head.toLowerCase(Locale.ROOT);
    int at = lower.indexOf("content-length: ");
    return at < 0
        ? 0
        : Integer.parseInt(
            lower.substring(at + "content-length: ".length(), lower.indexOf('\r', at)));
  }
}
