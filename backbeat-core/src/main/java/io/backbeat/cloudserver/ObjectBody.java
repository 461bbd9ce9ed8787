package io.backbeat.cloudserver;

import java.io.IOException;
import java.io.InputStream;

/**
 * The answer to a GET of an object, while it is being read. For one thread.
 *
 * @param length of the stream in bytes
 * @param etag without quotes; empty if the server said none
 * @param stream throws {@link CloudServerException} if the answer breaks off
 */
public record ObjectBody(long length, String etag, InputStream stream) implements AutoCloseable {
  /** Ends the answer; what was not read of it is lost. */
  @Override
  public void close() throws IOException {
    stream.close();
  }
}
