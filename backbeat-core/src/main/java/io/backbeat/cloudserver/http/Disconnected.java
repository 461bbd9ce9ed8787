package io.backbeat.cloudserver.http;

import io.backbeat.cloudserver.CloudServerException;

/** A connection could not be made, or broke before there was an answer. */
final class Disconnected extends Exception {
  private static final long serialVersionUID = 1L;

  private final boolean complete;
  private final CloudServerException error;

  /**
   * Such a thing.
   *
   * @param complete whether the server may have had the whole request
   */
  Disconnected(boolean complete, CloudServerException error) {
    super(error);
    this.complete = complete;
    this.error = error;
  }

  boolean complete() {
    return complete;
  }

  CloudServerException error() {
    return error;
  }
}
