package io.backbeat.server.operate;

/** What was asked cannot be done, and not because of the server; the message says why. */
public final class OperationException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  OperationException(String message, Throwable cause) {
    super(message, cause);
  }
}
