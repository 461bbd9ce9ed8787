package io.backbeat.client;

import java.io.IOException;

/** An answer has more bytes than the client takes. */
final class TooLargeException extends IOException {
  private static final long serialVersionUID = 1L;

  TooLargeException(long limitBytes) {
    super("the answer has more than " + limitBytes + " bytes, the limit of this client");
  }
}
