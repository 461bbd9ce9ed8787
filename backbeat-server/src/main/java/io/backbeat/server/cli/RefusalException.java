package io.backbeat.server.cli;

/** The server has not what was asked for; the message names it and what there is. */
final class RefusalException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  RefusalException(String message) {
    super(message);
  }
}
