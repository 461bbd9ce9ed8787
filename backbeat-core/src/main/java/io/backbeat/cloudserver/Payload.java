package io.backbeat.cloudserver;

import java.io.IOException;
import java.io.InputStream;

/** The body of a request, of known length. Thread-safe. */
public interface Payload {
  /** In bytes; does not change. */
  long length();

  /**
   * Opens the body from its first byte; the request closes the stream. Called once for each time
   * the body is sent.
   *
   * @throws IOException what the source of the bytes says; a {@link CloudServerException} keeps its
   *     kind on its way out of the request that sends the body
   */
  InputStream open() throws IOException;
}
