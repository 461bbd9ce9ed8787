package io.backbeat.client;

/** A successful answer that is not what the contract promises; the message says where. */
final class UnexpectedAnswer extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UnexpectedAnswer(String message) {
    super(message);
  }
}
